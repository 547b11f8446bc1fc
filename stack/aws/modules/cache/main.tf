# The status store. A job's record must not disappear before its lifetime ends, so nothing is evicted: a full
# store refuses, and the API answers 503.

resource "aws_elasticache_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_elasticache_parameter_group" "this" {
  name        = "${var.name}-${var.family}"
  family      = var.family
  description = "Refuses when it is full, instead of forgetting jobs"

  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# A new password at every reading; the resource below keeps the first.
data "aws_secretsmanager_random_password" "token" {
  password_length     = 48
  exclude_punctuation = true
}

resource "terraform_data" "token" {
  input = data.aws_secretsmanager_random_password.token.random_password

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  token    = sensitive(terraform_data.token.output)
  endpoint = "${aws_elasticache_replication_group.this.primary_endpoint_address}:6379"
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = var.name
  description                = "States of jobs"
  engine                     = var.engine
  engine_version             = var.engine_version
  parameter_group_name       = aws_elasticache_parameter_group.this.name
  node_type                  = var.node_type
  num_cache_clusters         = var.nodes
  automatic_failover_enabled = var.nodes > 1
  multi_az_enabled           = var.nodes > 1
  port                       = 6379
  subnet_group_name          = aws_elasticache_subnet_group.this.name
  security_group_ids         = [var.security_group_id]
  at_rest_encryption_enabled = true
  transit_encryption_enabled = var.transit_encryption
  auth_token                 = var.transit_encryption ? local.token : null
  snapshot_retention_limit   = 0
  apply_immediately          = true
}
