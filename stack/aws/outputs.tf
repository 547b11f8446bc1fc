# What rce-bench, deploy.sh and people read; rce-bench run --target aws depends on these names.

output "api_url" {
  description = "Where POST /execute and GET /job-status/{jobId} are; no slash at the end."
  value       = module.api.url
}

output "console_url" {
  description = "The web console."
  value       = module.console.url
}

output "name" { value = local.name }
output "region" { value = var.region }
output "environment" { value = var.environment }
output "profile" { value = var.profile }
output "architecture" { value = local.architecture }
output "gateway" { value = local.profile.gateway }
output "run_id" { value = var.run_id }

output "queue_url" { value = module.queue.url }
output "queue_arn" { value = module.queue.arn }
output "dead_letter_queue_url" { value = module.queue.dead_letter_url }
output "code_bucket" { value = module.storage.code_bucket }
output "code_prefix" { value = local.code_prefix }
output "console_bucket" { value = module.console.bucket }
output "distribution_id" { value = module.console.distribution_id }
output "cache_endpoint" { value = module.cache.endpoint }
output "ecr_repository_url" { value = module.executor.repository_url }
output "executor_image" { value = var.executor_image }
output "executor_function_arn" { value = module.executor.function_arn }

output "function_names" {
  value = { api = module.api.function_name, dispatcher = module.dispatch.function_name, executor = module.executor.function_name }
}

output "log_groups" {
  value = { api = module.api.log_group, dispatcher = module.dispatch.log_group, executor = module.executor.log_group }
}

output "role_arns" {
  value = { api = module.api.role_arn, dispatcher = module.dispatch.role_arn, executor = module.executor.role_arn }
}

output "memory_mb" { value = var.memory_mb }
output "timeouts" { value = local.timeouts }
output "dashboard_name" { value = module.observability.dashboard_name }
output "alarm_topic_arn" { value = module.observability.topic_arn }

# What the deployment limits itself to; null is without a limit of its own.
output "limits" {
  value = { throttle = var.throttle, executor_concurrency = var.executor_concurrency, dispatch_concurrency = var.dispatch_concurrency }
}
