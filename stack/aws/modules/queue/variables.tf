variable "name" { type = string }
variable "visibility_timeout_seconds" { type = number }
variable "retention_seconds" { type = number }
variable "maximum_receives" { type = number }
