output "function_name" { value = local.function_name }

# What the dispatcher invokes.
output "function_arn" { value = var.tenant_isolation ? local.arn : "${local.arn}:live" }
output "invocable_arns" { value = var.tenant_isolation ? [local.arn] : [local.arn, "${local.arn}:live"] }
output "log_group" { value = aws_cloudwatch_log_group.executor.name }
output "role_arn" { value = module.role.arn }
output "role_name" { value = module.role.name }
output "repository_url" { value = aws_ecr_repository.executor.repository_url }
output "function" { value = one(aws_lambda_function.executor) }
output "tenant_template" { value = one(aws_cloudformation_stack.executor[*].template_body) }
