output "arn" {
  value = aws_iam_role.this.arn
  # Lambda refuses a function in a network whose role has no rights yet.
  depends_on = [aws_iam_role_policy.this]
}

output "name" { value = aws_iam_role.this.name }
