variable "name" { type = string }
variable "api_domain" { type = string }
variable "api_origin_path" { type = string }
variable "api_paths" { type = list(string) }
