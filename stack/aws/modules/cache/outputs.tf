output "endpoint" { value = local.endpoint }

output "url" {
  value     = var.transit_encryption ? "rediss://:${local.token}@${local.endpoint}" : "redis://${local.endpoint}"
  sensitive = true
}

output "node_ids" { value = [for i in range(var.nodes) : format("%s-%03d", var.name, i + 1)] }
output "encrypted_at_rest" { value = aws_elasticache_replication_group.this.at_rest_encryption_enabled }
output "encrypted_in_transit" { value = aws_elasticache_replication_group.this.transit_encryption_enabled }
output "engine" { value = aws_elasticache_replication_group.this.engine }
output "node_type" { value = aws_elasticache_replication_group.this.node_type }
