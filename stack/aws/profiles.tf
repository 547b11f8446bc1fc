# What the profiles differ in, and what follows from the choices.

locals {
  profiles = {
    basic = {
      gateway       = "rest"
      architecture  = "x86_64"
      zones         = 2
      nat_gateways  = 1
      endpoints     = []
      cache_engine  = "redis"
      cache_version = "7.1"
      cache_family  = "redis7"
      cache_node    = "cache.t3.micro"
      cache_nodes   = 1
      firewall      = false
    }
    # One zone: every endpoint is paid for in each zone.
    lean = {
      gateway       = "http"
      architecture  = "arm64"
      zones         = 1
      nat_gateways  = 0
      endpoints     = ["sqs", "lambda"]
      cache_engine  = "valkey"
      cache_version = "7.2"
      cache_family  = "valkey7"
      cache_node    = "cache.t4g.micro"
      cache_nodes   = 1
      firewall      = false
    }
    ha = {
      gateway       = "rest"
      architecture  = "x86_64"
      zones         = 2
      nat_gateways  = 2
      endpoints     = []
      cache_engine  = "redis"
      cache_version = "7.1"
      cache_family  = "redis7"
      cache_node    = "cache.t3.micro"
      cache_nodes   = 2
      firewall      = true
    }
  }
  profile      = local.profiles[var.profile]
  architecture = coalesce(var.architecture, local.profile.architecture)

  name = "${var.project}-${var.environment}"
  tags = merge(
    { Project = var.project, Environment = var.environment, Profile = var.profile, ManagedBy = "terraform" },
    var.run_id == "" ? {} : { RunId = var.run_id },
  )
  log_retention_days = coalesce(var.log_retention_days, { dev = 14, staging = 30, prod = 90 }[var.environment])

  job_lifetime_seconds = 86400
  maximum_receives     = 3
  code_prefix          = "jobs/"
  timeouts = {
    api        = 10
    dispatcher = var.executor_timeout_seconds + 15
    executor   = var.executor_timeout_seconds
  }
}
