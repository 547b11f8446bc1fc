variable "name" { type = string }

variable "policies" {
  description = "Further policy documents, as JSON."
  type        = list(string)
  default     = []
}
