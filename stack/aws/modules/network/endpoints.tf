# Ways to AWS's services that stay inside. The one for S3 costs nothing; each other is paid for by the hour and zone.

locals {
  # What may be asked through an endpoint; who may ask it is the business of the roles.
  endpoint_actions = {
    sqs    = ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"]
    lambda = ["lambda:InvokeFunction"]
  }
}

data "aws_iam_policy_document" "s3" {
  statement {
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = ["arn:aws:s3:::${var.name}-code-*/*"]
  }
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${data.aws_region.current.name}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for table in aws_route_table.private : table.id]
  policy            = data.aws_iam_policy_document.s3.json
  tags              = { Name = "${var.name}-s3" }
}

data "aws_iam_policy_document" "endpoint" {
  for_each = toset(var.endpoints)

  statement {
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    actions   = local.endpoint_actions[each.key]
    resources = ["arn:aws:${each.key}:${data.aws_region.current.name}:*:${each.key == "lambda" ? "function:" : ""}${var.name}-*"]
  }
}

resource "aws_vpc_endpoint" "interface" {
  for_each            = toset(var.endpoints)
  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${data.aws_region.current.name}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  security_group_ids  = [aws_security_group.endpoints[0].id]
  policy              = data.aws_iam_policy_document.endpoint[each.key].json
  tags                = { Name = "${var.name}-${each.key}" }
}
