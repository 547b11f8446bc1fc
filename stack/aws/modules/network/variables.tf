variable "name" { type = string }
variable "cidr" { type = string }
variable "zones" { type = number }
variable "nat_gateways" { type = number }
variable "endpoints" { type = list(string) }
