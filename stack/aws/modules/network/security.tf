# Who may talk to whom. Only security groups and AWS's own prefix list are sources; no rule lets an address in.

resource "aws_security_group" "functions" {
  name        = "${var.name}-functions"
  description = "API and dispatcher"
  vpc_id      = aws_vpc.this.id
  tags        = { Name = "${var.name}-functions" }
}

# Without a rule: nothing in, nothing out.
resource "aws_security_group" "executor" {
  name        = "${var.name}-executor"
  description = "Environments that run users programs"
  vpc_id      = aws_vpc.this.id
  tags        = { Name = "${var.name}-executor" }
}

resource "aws_security_group" "cache" {
  name        = "${var.name}-cache"
  description = "Status store"
  vpc_id      = aws_vpc.this.id
  tags        = { Name = "${var.name}-cache" }
}

resource "aws_security_group" "endpoints" {
  count       = length(var.endpoints) > 0 ? 1 : 0
  name        = "${var.name}-endpoints"
  description = "Endpoints of AWS services"
  vpc_id      = aws_vpc.this.id
  tags        = { Name = "${var.name}-endpoints" }
}

resource "aws_vpc_security_group_ingress_rule" "cache" {
  security_group_id            = aws_security_group.cache.id
  referenced_security_group_id = aws_security_group.functions.id
  description                  = "API and dispatcher"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

resource "aws_vpc_security_group_egress_rule" "to_cache" {
  security_group_id            = aws_security_group.functions.id
  referenced_security_group_id = aws_security_group.cache.id
  description                  = "Status store"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

resource "aws_vpc_security_group_egress_rule" "to_s3" {
  security_group_id = aws_security_group.functions.id
  prefix_list_id    = aws_vpc_endpoint.s3.prefix_list_id
  description       = "Code store"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  count                        = length(var.endpoints) > 0 ? 1 : 0
  security_group_id            = aws_security_group.endpoints[0].id
  referenced_security_group_id = aws_security_group.functions.id
  description                  = "API and dispatcher"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "to_endpoints" {
  count                        = length(var.endpoints) > 0 ? 1 : 0
  security_group_id            = aws_security_group.functions.id
  referenced_security_group_id = aws_security_group.endpoints[0].id
  description                  = "Endpoints of AWS services"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "to_internet" {
  count             = var.nat_gateways > 0 ? 1 : 0
  security_group_id = aws_security_group.functions.id
  cidr_ipv4         = "0.0.0.0/0"
  description       = "AWS services, through the NAT gateway"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
