# The API's function and its role. The ways in are beside: rest.tf or http.tf, one of them.

data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

locals {
  function_name = "${var.name}-api"
  arn           = "arn:aws:lambda:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:function:${local.function_name}"
  rights = {
    Submit = { actions = ["sqs:SendMessage"], resources = [var.queue_arn] }
    Depth  = { actions = ["sqs:GetQueueAttributes"], resources = [var.queue_arn, var.dead_letter_queue_arn] }
    Code   = { actions = ["s3:PutObject"], resources = [var.code_objects_arn] }
  }
  # Every path that the function serves. What is not listed ends at the gateway and costs no invocation.
  routes = {
    "execute"            = ["POST", "OPTIONS"]
    "job-status/{jobId}" = ["GET", "OPTIONS"]
    "languages"          = ["GET"]
    "health"             = ["GET"]
    "openapi.yaml"       = ["GET"]
  }
  calls = merge([for path, methods in local.routes : { for method in methods : "${method} /${path}" => { path = path, method = method } }]...)
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

resource "aws_cloudwatch_log_group" "api" {
  name              = "/aws/lambda/${local.function_name}"
  retention_in_days = var.log_retention_days
}

module "role" {
  source          = "../role"
  name            = local.function_name
  function_arn    = local.arn
  log_group_arn   = aws_cloudwatch_log_group.api.arn
  policies        = [data.aws_iam_policy_document.rights.json]
  program_actions = flatten([for right in values(local.rights) : right.actions])
}

resource "aws_lambda_function" "api" {
  function_name    = local.function_name
  description      = "Takes jobs in and tells what became of them"
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  runtime          = "provided.al2023"
  handler          = "bootstrap"
  architectures    = [var.architecture]
  role             = module.role.arn
  memory_size      = var.memory_mb
  timeout          = var.timeout_seconds
  publish          = true

  environment {
    variables = var.environment
  }
  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = [var.security_group_id]
  }
  depends_on = [aws_cloudwatch_log_group.api]
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.api.function_name
  function_version = aws_lambda_function.api.version
}

resource "aws_lambda_provisioned_concurrency_config" "api" {
  count                             = var.provisioned_concurrency > 0 ? 1 : 0
  function_name                     = aws_lambda_function.api.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = var.provisioned_concurrency
}

resource "aws_lambda_permission" "gateway" {
  statement_id  = "gateway"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = var.gateway == "rest" ? "${aws_api_gateway_rest_api.this[0].execution_arn}/*" : "${aws_apigatewayv2_api.this[0].execution_arn}/*"
}
