# The executor in Lambda's tenant isolation mode, which this provider's function resource does not offer.

resource "aws_cloudformation_stack" "executor" {
  count = local.deployed && var.tenant_isolation ? 1 : 0
  name  = local.function_name
  template_body = jsonencode({
    Resources = {
      Executor = {
        Type = "AWS::Lambda::Function"
        Properties = merge({
          FunctionName     = local.function_name
          Description      = "Compiles and runs users' programs, one tenant an environment"
          PackageType      = "Image"
          Code             = { ImageUri = var.image }
          Architectures    = [var.architecture]
          Role             = module.role.arn
          MemorySize       = var.memory_mb
          Timeout          = var.timeout_seconds
          EphemeralStorage = { Size = 1024 }
          Environment      = { Variables = local.environment }
          VpcConfig        = { SubnetIds = var.subnet_ids, SecurityGroupIds = [var.security_group_id] }
          TenancyConfig    = { TenantIsolationMode = "PER_TENANT" }
        }, var.concurrency == null ? {} : { ReservedConcurrentExecutions = var.concurrency })
      }
    }
  })
  depends_on = [aws_cloudwatch_log_group.executor]
}
