output "private_subnet_ids" { value = [for subnet in aws_subnet.private : subnet.id] }
output "isolated_subnet_ids" { value = [for subnet in aws_subnet.isolated : subnet.id] }
output "functions_security_group_id" { value = aws_security_group.functions.id }
output "executor_security_group_id" { value = aws_security_group.executor.id }
output "cache_security_group_id" { value = aws_security_group.cache.id }

# For tests: every rule that lets something in.
output "ingress_rules" {
  value = concat([aws_vpc_security_group_ingress_rule.cache], aws_vpc_security_group_ingress_rule.endpoints)
}

output "nat_gateway_count" { value = length(aws_nat_gateway.this) }
output "endpoint_services" { value = keys(aws_vpc_endpoint.interface) }
