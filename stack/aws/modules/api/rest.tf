# API Gateway's REST API, version 1 of the proxy event.

locals {
  rest          = var.gateway == "rest" ? 1 : 0
  rest_segments = local.rest == 1 ? toset([for path in keys(local.routes) : split("/", path)[0]]) : []
  rest_nested   = local.rest == 1 ? { for path in keys(local.routes) : path => split("/", path) if length(split("/", path)) == 2 } : {}
  rest_calls    = local.rest == 1 ? local.calls : {}
  # What a deployment holds: whole resources also change when nothing that is deployed does.
  rest_digest = sha1(jsonencode([local.calls, aws_lambda_alias.live.invoke_arn]))
}

resource "aws_api_gateway_rest_api" "this" {
  count = local.rest
  name  = var.name

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "segment" {
  for_each    = local.rest_segments
  rest_api_id = aws_api_gateway_rest_api.this[0].id
  parent_id   = aws_api_gateway_rest_api.this[0].root_resource_id
  path_part   = each.key
}

resource "aws_api_gateway_resource" "nested" {
  for_each    = local.rest_nested
  rest_api_id = aws_api_gateway_rest_api.this[0].id
  parent_id   = aws_api_gateway_resource.segment[each.value[0]].id
  path_part   = each.value[1]
}

locals {
  rest_resource_ids = merge(
    { for segment, resource in aws_api_gateway_resource.segment : segment => resource.id },
    { for path, resource in aws_api_gateway_resource.nested : path => resource.id },
  )
}

resource "aws_api_gateway_method" "this" {
  for_each      = local.rest_calls
  rest_api_id   = aws_api_gateway_rest_api.this[0].id
  resource_id   = local.rest_resource_ids[each.value.path]
  http_method   = each.value.method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "this" {
  for_each                = local.rest_calls
  rest_api_id             = aws_api_gateway_rest_api.this[0].id
  resource_id             = local.rest_resource_ids[each.value.path]
  http_method             = aws_api_gateway_method.this[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_alias.live.invoke_arn
}

resource "aws_api_gateway_deployment" "this" {
  count       = local.rest
  rest_api_id = aws_api_gateway_rest_api.this[0].id
  triggers    = { routes = local.rest_digest }
  depends_on  = [aws_api_gateway_integration.this]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "live" {
  count         = local.rest
  rest_api_id   = aws_api_gateway_rest_api.this[0].id
  deployment_id = aws_api_gateway_deployment.this[0].id
  stage_name    = "live"
}

resource "aws_api_gateway_method_settings" "all" {
  count       = local.rest
  rest_api_id = aws_api_gateway_rest_api.this[0].id
  stage_name  = aws_api_gateway_stage.live[0].stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = true
    throttling_rate_limit  = var.throttle.rate
    throttling_burst_limit = var.throttle.burst
  }
}
