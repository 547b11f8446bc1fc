# Takes messages off the queue, invokes executors, stores results. It has the rights and never runs users' programs.

data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

locals {
  function_name = "${var.name}-dispatcher"
  arn           = "arn:aws:lambda:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:function:${local.function_name}"
  rights = {
    Queue   = { actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"], resources = [var.queue_arn] }
    Code    = { actions = ["s3:GetObject", "s3:DeleteObject"], resources = [var.code_objects_arn] }
    Execute = { actions = ["lambda:InvokeFunction"], resources = var.executor_arns }
  }
}

data "aws_iam_policy_document" "rights" {
  dynamic "statement" {
    for_each = local.rights
    content {
      sid       = statement.key
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_cloudwatch_log_group" "dispatcher" {
  name              = "/aws/lambda/${local.function_name}"
  retention_in_days = var.log_retention_days
}

module "role" {
  source          = "../role"
  name            = local.function_name
  function_arn    = local.arn
  log_group_arn   = aws_cloudwatch_log_group.dispatcher.arn
  policies        = [data.aws_iam_policy_document.rights.json]
  program_actions = flatten([for right in values(local.rights) : right.actions])
}

resource "aws_lambda_function" "dispatcher" {
  function_name    = local.function_name
  description      = "Hands queued jobs to executors"
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  runtime          = "provided.al2023"
  handler          = "bootstrap"
  architectures    = [var.architecture]
  role             = module.role.arn
  memory_size      = var.memory_mb
  timeout          = var.timeout_seconds

  environment {
    variables = var.environment
  }
  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = [var.security_group_id]
  }
  depends_on = [aws_cloudwatch_log_group.dispatcher]
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn        = var.queue_arn
  function_name           = aws_lambda_function.dispatcher.arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]
  enabled                 = var.enabled

  dynamic "scaling_config" {
    for_each = var.concurrency == null ? [] : [var.concurrency]
    content {
      maximum_concurrency = scaling_config.value
    }
  }
}
