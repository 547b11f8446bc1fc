variable "name" { type = string }
variable "gateway" { type = string }
variable "firewall" { type = bool }
variable "throttle" { type = object({ rate = number, burst = number }) }
variable "package" { type = string }
variable "architecture" { type = string }
variable "memory_mb" { type = number }
variable "timeout_seconds" { type = number }
variable "provisioned_concurrency" { type = number }
variable "queue_arn" { type = string }
variable "dead_letter_queue_arn" { type = string }
variable "code_objects_arn" { type = string }
variable "subnet_ids" { type = list(string) }
variable "security_group_id" { type = string }
variable "log_retention_days" { type = number }
variable "environment" { type = map(string) }
