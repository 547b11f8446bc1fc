variable "name" { type = string }
variable "function_arn" { type = string }
variable "log_group_arn" { type = string }

variable "policies" {
  description = "Policy documents of what the program may do, as JSON."
  type        = list(string)
  default     = []
}

variable "program_actions" {
  description = "The actions of these documents: all that the function's own code may ask for."
  type        = list(string)
  default     = []
}
