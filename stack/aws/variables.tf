# What is deployed, and where.

variable "project" {
  description = "What every name starts with, before the environment."
  type        = string
  default     = "rce"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,14}[a-z0-9]$", var.project))
    error_message = "project must be 2 to 16 lower-case letters, digits and hyphens, starting with a letter and not ending in a hyphen: it becomes part of bucket names."
  }
}

variable "environment" {
  description = "dev, staging or prod; each has names, state and data of its own."
  type        = string
  default     = "dev"

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "environment must be dev, staging or prod."
  }
}

variable "region" {
  description = "The AWS region."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be a region's name, for example us-east-1."
  }
}

variable "profile" {
  description = "basic (REST API, NAT gateway, Redis on a t3.micro), lean (HTTP API, endpoints, Valkey on a t4g.micro, arm64) or ha (basic in two zones, with a replica and a firewall)."
  type        = string
  default     = "lean"

  validation {
    condition     = contains(["basic", "lean", "ha"], var.profile)
    error_message = "profile must be basic, lean or ha."
  }
}

variable "architecture" {
  description = "x86_64 or arm64, where it is not to be the profile's. Programs and image must have been built for it."
  type        = string
  default     = null

  validation {
    condition     = var.architecture == null || contains(["x86_64", "arm64"], coalesce(var.architecture, "x86_64"))
    error_message = "architecture must be x86_64 or arm64."
  }
}

variable "run_id" {
  description = "Becomes the tag RunId of everything, so that a bill can be split by run. Empty leaves it out."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9._:-]{0,64}$", var.run_id))
    error_message = "run_id must be at most 64 letters, digits and . _ : -"
  }
}

# What runs.

variable "api_package" {
  description = "Path of the API's zip file, as stack/aws/package.sh makes it."
  type        = string
}

variable "dispatcher_package" {
  description = "Path of the dispatcher's zip file, as stack/aws/package.sh makes it."
  type        = string
}

variable "executor_image" {
  description = "The executor's image in ECR, with a tag or digest. Empty deploys everything else: that is how the repository comes to be before the first image."
  type        = string
  default     = ""

  validation {
    condition     = var.executor_image == "" || can(regex("^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?/[a-z0-9/_.-]+(:[A-Za-z0-9_.-]+|@sha256:[0-9a-f]{64})$", var.executor_image))
    error_message = "executor_image must be an image in ECR with a tag or digest, for example 123456789012.dkr.ecr.us-east-1.amazonaws.com/rce-dev-executor:1."
  }
}

# Sizes and limits.

variable "memory_mb" {
  description = "Memory of each function in MB. A Lambda function gets one processor at 1769 MB; compilers want that."
  type        = object({ api = optional(number, 256), dispatcher = optional(number, 256), executor = optional(number, 1769) })
  default     = {}

  validation {
    condition     = alltrue([for size in values(var.memory_mb) : size >= 128 && size <= 10240 && floor(size) == size])
    error_message = "memory_mb must be whole numbers from 128 to 10240."
  }
}

variable "executor_timeout_seconds" {
  description = "Longest execution, compilation included. The dispatcher gets 15 seconds more, the queue six times that before it delivers again."
  type        = number
  default     = 60

  validation {
    condition     = var.executor_timeout_seconds >= 5 && var.executor_timeout_seconds <= 885
    error_message = "executor_timeout_seconds must be from 5 to 885: the dispatcher, which waits for the executor, may run 900 seconds."
  }
}

variable "executor_concurrency" {
  description = "Executors that may run at once: reserved for them, and no more. Null takes what the account has left."
  type        = number
  default     = null

  validation {
    condition     = var.executor_concurrency == null || try(var.executor_concurrency >= 1, false)
    error_message = "executor_concurrency must be at least 1, or null."
  }
}

variable "provisioned_concurrency" {
  description = "Environments that are always ready, and paid for, of the API and of the executor."
  type        = object({ api = optional(number, 0), executor = optional(number, 0) })
  default     = {}

  validation {
    condition     = alltrue([for count in values(var.provisioned_concurrency) : count >= 0 && floor(count) == count])
    error_message = "provisioned_concurrency must be whole numbers of 0 or more."
  }
}

variable "tenant_isolation" {
  description = "Whether no execution environment ever serves two tenants (Lambda's tenant isolation mode). It can only be chosen when the function is made: changing it replaces the executor."
  type        = bool
  default     = false

  validation {
    condition     = !(var.tenant_isolation && var.provisioned_concurrency.executor > 0)
    error_message = "tenant_isolation and provisioned_concurrency.executor exclude each other on Lambda: set one."
  }
}

variable "dispatch_enabled" {
  description = "Whether the queue is emptied. False stops dispatch and keeps what is queued."
  type        = bool
  default     = true
}

variable "dispatch_concurrency" {
  description = "Dispatchers that run at once at most, each with up to ten executions. Null leaves Lambda's own ramp."
  type        = number
  default     = null

  validation {
    condition     = var.dispatch_concurrency == null || try(var.dispatch_concurrency >= 2 && var.dispatch_concurrency <= 1000, false)
    error_message = "dispatch_concurrency must be from 2 to 1000, or null."
  }
}

variable "throttle" {
  description = "Requests a second that the API takes, and how many at one instant."
  type        = object({ rate = optional(number, 200), burst = optional(number, 400) })
  default     = {}

  validation {
    condition     = var.throttle.rate >= 1 && var.throttle.rate <= 10000 && var.throttle.burst >= 1 && var.throttle.burst <= 5000
    error_message = "throttle.rate must be from 1 to 10000 and throttle.burst from 1 to 5000: an account's defaults."
  }
}

variable "api_max_wait_seconds" {
  description = "Longest wait for a job's end in one status request; a waiting function is billed. 0 turns waiting off."
  type        = number
  default     = 1

  validation {
    condition     = var.api_max_wait_seconds >= 0 && var.api_max_wait_seconds <= 8
    error_message = "api_max_wait_seconds must be from 0 to 8: the API's function runs 10 seconds at most."
  }
}

variable "api_max_queue" {
  description = "Jobs waiting in the queue above which submissions get 429."
  type        = number
  default     = 100000

  validation {
    condition     = var.api_max_queue >= 1
    error_message = "api_max_queue must be at least 1."
  }
}

variable "cors_origins" {
  description = "Origins of other sites whose pages may call the API, for example https://example.org. The console needs none."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for origin in var.cors_origins : can(regex("^https?://[A-Za-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "cors_origins must be origins without a path, for example https://example.org."
  }
}

# Network, cache, operations.

variable "vpc_cidr" {
  description = "The private network's addresses, a /16 to /22."
  type        = string
  default     = "10.40.0.0/16"

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 22, false)
    error_message = "vpc_cidr must be an IPv4 network from /16 to /22, for example 10.40.0.0/16."
  }
}

variable "cache_transit_encryption" {
  description = "Whether the cache speaks TLS and asks for a token. Without it only the security group guards it."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "Days that logs are kept. Null is 14 in dev, 30 in staging, 90 in prod."
  type        = number
  default     = null

  validation {
    condition     = var.log_retention_days == null || contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], coalesce(var.log_retention_days, 1))
    error_message = "log_retention_days must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365."
  }
}

variable "alarm_email" {
  description = "Who is told of alarms, after confirming the subscription. Empty tells nobody; the alarms are there all the same."
  type        = string
  default     = ""

  validation {
    condition     = var.alarm_email == "" || can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", var.alarm_email))
    error_message = "alarm_email must be an address, or empty."
  }
}

variable "monthly_budget_usd" {
  description = "Dollars a month for the whole account, of which 80 % spent and 100 % foreseen raise an alarm. 0 makes no budget."
  type        = number
  default     = 0

  validation {
    condition     = var.monthly_budget_usd >= 0
    error_message = "monthly_budget_usd must be 0 or more."
  }
}
