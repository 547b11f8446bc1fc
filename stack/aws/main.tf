# The platform: network, queue, storage and cache; the API, the dispatcher and the executors; console and watching.

module "network" {
  source = "./modules/network"

  name         = local.name
  cidr         = var.vpc_cidr
  zones        = local.profile.zones
  nat_gateways = local.profile.nat_gateways
  endpoints    = local.profile.endpoints
}

module "queue" {
  source = "./modules/queue"

  name                       = local.name
  visibility_timeout_seconds = 6 * local.timeouts.dispatcher
  retention_seconds          = local.job_lifetime_seconds
  maximum_receives           = local.maximum_receives
}

module "storage" {
  source = "./modules/storage"

  name        = local.name
  code_prefix = local.code_prefix
}

module "cache" {
  source = "./modules/cache"

  name               = local.name
  engine             = local.profile.cache_engine
  engine_version     = local.profile.cache_version
  family             = local.profile.cache_family
  node_type          = local.profile.cache_node
  nodes              = local.profile.cache_nodes
  transit_encryption = var.cache_transit_encryption
  subnet_ids         = module.network.private_subnet_ids
  security_group_id  = module.network.cache_security_group_id
}

module "executor" {
  source = "./modules/executor"

  name                    = local.name
  image                   = var.executor_image
  architecture            = local.architecture
  memory_mb               = var.memory_mb.executor
  timeout_seconds         = local.timeouts.executor
  concurrency             = var.executor_concurrency
  provisioned_concurrency = var.provisioned_concurrency.executor
  tenant_isolation        = var.tenant_isolation
  subnet_ids              = module.network.isolated_subnet_ids
  security_group_id       = module.network.executor_security_group_id
  log_retention_days      = local.log_retention_days
}

module "dispatch" {
  source = "./modules/dispatch"

  name               = local.name
  package            = var.dispatcher_package
  architecture       = local.architecture
  memory_mb          = var.memory_mb.dispatcher
  timeout_seconds    = local.timeouts.dispatcher
  enabled            = var.dispatch_enabled && var.executor_image != ""
  concurrency        = var.dispatch_concurrency
  queue_arn          = module.queue.arn
  code_objects_arn   = module.storage.code_objects_arn
  executor_arns      = module.executor.invocable_arns
  subnet_ids         = module.network.private_subnet_ids
  security_group_id  = module.network.functions_security_group_id
  log_retention_days = local.log_retention_days
  environment = {
    RCE_QUEUE_URL         = module.queue.url
    RCE_CODE_BUCKET       = module.storage.code_bucket
    RCE_CODE_PREFIX       = local.code_prefix
    RCE_REDIS_URL         = module.cache.url
    RCE_EXECUTOR_FUNCTION = module.executor.function_arn
    RCE_EXECUTOR_TIMEOUT  = tostring(local.timeouts.executor)
    RCE_TENANT_ISOLATION  = tostring(var.tenant_isolation)
    RCE_MAXIMUM_RECEIVES  = tostring(local.maximum_receives)
    RCE_API_JOB_LIFETIME  = tostring(local.job_lifetime_seconds)
  }
}

module "api" {
  source = "./modules/api"

  name                    = local.name
  gateway                 = local.profile.gateway
  firewall                = local.profile.firewall
  throttle                = var.throttle
  package                 = var.api_package
  architecture            = local.architecture
  memory_mb               = var.memory_mb.api
  timeout_seconds         = local.timeouts.api
  provisioned_concurrency = var.provisioned_concurrency.api
  queue_arn               = module.queue.arn
  dead_letter_queue_arn   = module.queue.dead_letter_arn
  code_objects_arn        = module.storage.code_objects_arn
  subnet_ids              = module.network.private_subnet_ids
  security_group_id       = module.network.functions_security_group_id
  log_retention_days      = local.log_retention_days
  environment = {
    RCE_QUEUE_URL             = module.queue.url
    RCE_DEAD_LETTER_QUEUE_URL = module.queue.dead_letter_url
    RCE_CODE_BUCKET           = module.storage.code_bucket
    RCE_CODE_PREFIX           = local.code_prefix
    RCE_REDIS_URL             = module.cache.url
    RCE_API_MAX_WAIT          = tostring(var.api_max_wait_seconds)
    RCE_API_MAX_QUEUE         = tostring(var.api_max_queue)
    RCE_API_JOB_LIFETIME      = tostring(local.job_lifetime_seconds)
    RCE_API_CORS_ORIGIN       = join(",", var.cors_origins)
  }
}

module "console" {
  source = "./modules/console"

  name            = local.name
  api_domain      = module.api.domain
  api_origin_path = module.api.origin_path
  api_paths       = module.api.path_patterns
}

module "observability" {
  source = "./modules/observability"

  name               = local.name
  region             = var.region
  gateway            = local.profile.gateway
  api_dimensions     = module.api.metric_dimensions
  functions          = { api = module.api.function_name, dispatcher = module.dispatch.function_name, executor = module.executor.function_name }
  timeouts           = local.timeouts
  executor_log_group = module.executor.log_group
  queue_name         = module.queue.name
  dead_letter_name   = module.queue.dead_letter_name
  cache_nodes        = module.cache.node_ids
  alarm_email        = var.alarm_email
  monthly_budget_usd = var.monthly_budget_usd
}
