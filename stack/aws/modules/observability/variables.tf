variable "name" { type = string }
variable "region" { type = string }
variable "gateway" { type = string }
variable "api_dimensions" { type = map(string) }
variable "functions" { type = object({ api = string, dispatcher = string, executor = string }) }
variable "timeouts" { type = object({ api = number, dispatcher = number, executor = number }) }
variable "executor_log_group" { type = string }
variable "queue_name" { type = string }
variable "dead_letter_name" { type = string }
variable "cache_nodes" { type = list(string) }
variable "alarm_email" { type = string }
variable "monthly_budget_usd" { type = number }
