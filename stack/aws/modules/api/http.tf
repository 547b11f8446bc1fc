# API Gateway's HTTP API, version 2.0 of the proxy event: the cheaper one.

locals {
  http       = var.gateway == "http" ? 1 : 0
  http_calls = local.http == 1 ? local.calls : {}
}

resource "aws_apigatewayv2_api" "this" {
  count         = local.http
  name          = var.name
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "api" {
  count                  = local.http
  api_id                 = aws_apigatewayv2_api.this[0].id
  integration_type       = "AWS_PROXY"
  integration_method     = "POST"
  integration_uri        = aws_lambda_alias.live.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "this" {
  for_each  = local.http_calls
  api_id    = aws_apigatewayv2_api.this[0].id
  route_key = each.key
  target    = "integrations/${aws_apigatewayv2_integration.api[0].id}"
}

resource "aws_cloudwatch_log_group" "access" {
  count             = local.http
  name              = "/aws/apigateway/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_apigatewayv2_stage" "live" {
  count       = local.http
  api_id      = aws_apigatewayv2_api.this[0].id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    detailed_metrics_enabled = true
    throttling_rate_limit    = var.throttle.rate
    throttling_burst_limit   = var.throttle.burst
  }
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access[0].arn
    format = jsonencode({
      requestId      = "$context.requestId"
      time           = "$context.requestTime"
      route          = "$context.routeKey"
      status         = "$context.status"
      latency        = "$context.responseLatency"
      integration    = "$context.integrationLatency"
      responseLength = "$context.responseLength"
      error          = "$context.integrationErrorMessage"
    })
  }
}
