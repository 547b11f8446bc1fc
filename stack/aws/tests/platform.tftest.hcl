# What the profiles differ in, and what holds in all, without an account: terraform test
# Every run plans the whole platform, so what can share one does.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c"] }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_data "aws_secretsmanager_random_password" {
    defaults = { random_password = "abcdefghijklmnopqrstuvwxyz" }
  }
}

variables {
  # Any file stands for a package here.
  api_package        = "versions.tf"
  dispatcher_package = "versions.tf"
  executor_image     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/rce-dev-executor:1"
}

run "lean" {
  command = plan
  variables {
    profile                  = "lean"
    executor_timeout_seconds = 300
    throttle                 = { rate = 7, burst = 9 }
  }

  assert {
    condition     = output.gateway == "http" && output.architecture == "arm64"
    error_message = "lean has an HTTP API and runs on arm64"
  }
  assert {
    condition     = module.network.nat_gateway_count == 0 && toset(module.network.endpoint_services) == toset(["sqs", "lambda"])
    error_message = "lean has endpoints instead of a NAT gateway"
  }
  assert {
    condition     = module.cache.engine == "valkey" && module.cache.node_type == "cache.t4g.micro" && length(module.cache.node_ids) == 1
    error_message = "lean has one Valkey node of the smallest kind"
  }
  assert {
    condition     = module.api.architectures == tolist(["arm64"]) && module.dispatch.architectures == tolist(["arm64"]) && module.executor.function.architectures == tolist(["arm64"])
    error_message = "all functions have the profile's architecture"
  }
  # What the table of costs in README.md is computed for.
  assert {
    condition     = length(module.observability.alarm_names) == 12
    error_message = "README.md tells what twelve alarms cost"
  }
  assert {
    condition     = module.api.firewall_rules == 0
    error_message = "lean has no firewall"
  }
  assert {
    condition     = module.queue.visibility_timeout_seconds >= 6 * module.dispatch.timeout_seconds
    error_message = "a message must stay hidden for six times the dispatcher's timeout"
  }
  assert {
    condition     = output.timeouts.dispatcher > output.timeouts.executor
    error_message = "the dispatcher must outlive the execution that it waits for"
  }
  assert {
    condition     = contains(module.dispatch.response_types, "ReportBatchItemFailures")
    error_message = "one failed message must not bring back its whole batch"
  }
  assert {
    condition     = module.queue.encrypted && module.cache.encrypted_at_rest && module.cache.encrypted_in_transit
    error_message = "queue and cache are encrypted"
  }
  assert {
    condition     = module.storage.encryption == "AES256" && module.console.encryption == "AES256"
    error_message = "buckets are encrypted"
  }
  assert {
    condition = alltrue(flatten([
      for block in [module.storage.public_access_block, module.console.public_access_block] :
      [block.block_public_acls, block.block_public_policy, block.ignore_public_acls, block.restrict_public_buckets]
    ]))
    error_message = "buckets are closed to the public"
  }
  assert {
    condition     = module.storage.expiration_days == 1
    error_message = "code is forgotten after a day"
  }
  assert {
    condition     = strcontains(module.console.content_security_policy, "default-src 'none'") && strcontains(module.console.content_security_policy, "connect-src 'self'")
    error_message = "the console's content security policy allows its own origin only"
  }
  assert {
    condition     = length(module.network.ingress_rules) == 2
    error_message = "only the cache and the endpoints let anything in: a new rule belongs into the output ingress_rules"
  }
  assert {
    condition     = alltrue([for rule in module.network.ingress_rules : rule.cidr_ipv4 == null && rule.cidr_ipv6 == null && rule.ip_protocol == "tcp" && rule.from_port == rule.to_port])
    error_message = "ingress is from security groups, by one TCP port, never from addresses"
  }
  assert {
    condition     = module.api.throttle.throttling_rate_limit == 7 && module.api.throttle.throttling_burst_limit == 9
    error_message = "the API is throttled as asked"
  }
  assert {
    condition     = alltrue([for name in ["api-errors", "gateway-errors", "executor-errors", "dispatcher-throttles", "dead-letters", "queue-age", "api-latency", "cache-memory"] : contains(module.observability.alarm_names, name)])
    error_message = "errors, throttles, dead letters, queue age, p99 and the cache have alarms"
  }
}

run "basic" {
  command = plan
  variables {
    profile = "basic"
  }

  assert {
    condition     = output.gateway == "rest" && output.architecture == "x86_64"
    error_message = "basic has a REST API and runs on x86_64"
  }
  assert {
    condition     = module.network.nat_gateway_count == 1 && length(module.network.endpoint_services) == 0
    error_message = "basic has one NAT gateway and no endpoints that cost"
  }
  assert {
    condition     = module.cache.engine == "redis" && module.cache.node_type == "cache.t3.micro"
    error_message = "basic has Redis on a t3.micro"
  }
}

run "ha" {
  command = plan
  variables {
    profile = "ha"
  }

  assert {
    condition     = module.network.nat_gateway_count == 2 && length(module.cache.node_ids) == 2
    error_message = "ha has two NAT gateways and two cache nodes"
  }
  assert {
    condition     = module.api.firewall_rules == 3
    error_message = "ha has a firewall of three rules"
  }
}
