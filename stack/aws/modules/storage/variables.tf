variable "name" { type = string }
variable "code_prefix" { type = string }
