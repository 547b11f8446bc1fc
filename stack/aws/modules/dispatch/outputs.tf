output "function_name" { value = aws_lambda_function.dispatcher.function_name }
output "log_group" { value = aws_cloudwatch_log_group.dispatcher.name }
output "role_arn" { value = module.role.arn }
output "role_name" { value = module.role.name }
output "timeout_seconds" { value = aws_lambda_function.dispatcher.timeout }
output "response_types" { value = aws_lambda_event_source_mapping.jobs.function_response_types }
output "architectures" { value = aws_lambda_function.dispatcher.architectures }
