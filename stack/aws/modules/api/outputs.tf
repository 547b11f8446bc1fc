locals {
  gateway_id = local.rest == 1 ? aws_api_gateway_rest_api.this[0].id : aws_apigatewayv2_api.this[0].id
  domain     = "${local.gateway_id}.execute-api.${data.aws_region.current.name}.amazonaws.com"
}

output "function_name" { value = aws_lambda_function.api.function_name }
output "log_group" { value = aws_cloudwatch_log_group.api.name }
output "role_arn" { value = module.role.arn }
output "role_name" { value = module.role.name }
output "domain" { value = local.domain }
output "origin_path" { value = local.rest == 1 ? "/live" : "" }
output "url" { value = "https://${local.domain}${local.rest == 1 ? "/live" : ""}" }
output "path_patterns" { value = [for path in keys(local.routes) : "/${replace(path, "{jobId}", "*")}"] }
output "metric_dimensions" { value = local.rest == 1 ? { ApiName = var.name, Stage = "live" } : { ApiId = local.gateway_id } }
output "architectures" { value = aws_lambda_function.api.architectures }
output "throttle" {
  value = local.rest == 1 ? one(one(aws_api_gateway_method_settings.all).settings) : one(one(aws_apigatewayv2_stage.live).default_route_settings)
}
output "firewall_rules" { value = sum(concat([0], [for acl in aws_wafv2_web_acl.this : length(acl.rule)])) }
