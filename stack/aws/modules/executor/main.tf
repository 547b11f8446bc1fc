# Environments that run users' programs: an image, a role that is worth nothing to them, a network without a route.

data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

locals {
  function_name = "${var.name}-executor"
  deployed      = var.image != ""
  arn           = "arn:aws:lambda:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:function:${local.function_name}"
  environment = {
    RCE_EXECUTOR_SANDBOX = "automatic"
    RCE_EXECUTOR_FLOOR   = "none"
    TMPDIR               = "/tmp/rce"
  }
}

resource "aws_ecr_repository" "executor" {
  name                 = local.function_name
  image_tag_mutability = "IMMUTABLE"
  force_delete         = true

  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "AES256"
  }
}

# The newest images are for going back; each is gigabytes that are paid for.
resource "aws_ecr_lifecycle_policy" "executor" {
  repository = aws_ecr_repository.executor.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Keep the three newest"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 3 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_cloudwatch_log_group" "executor" {
  name              = "/aws/lambda/${local.function_name}"
  retention_in_days = var.log_retention_days
}

# Without policies of its own.
module "role" {
  source        = "../role"
  name          = local.function_name
  function_arn  = local.arn
  log_group_arn = aws_cloudwatch_log_group.executor.arn
}

resource "aws_lambda_function" "executor" {
  count                          = local.deployed && !var.tenant_isolation ? 1 : 0
  function_name                  = local.function_name
  description                    = "Compiles and runs users' programs"
  package_type                   = "Image"
  image_uri                      = var.image
  architectures                  = [var.architecture]
  role                           = module.role.arn
  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.concurrency == null ? -1 : var.concurrency
  publish                        = true

  ephemeral_storage {
    size = 1024
  }
  environment {
    variables = local.environment
  }
  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = [var.security_group_id]
  }
  depends_on = [aws_cloudwatch_log_group.executor]
}

resource "aws_lambda_alias" "live" {
  count            = length(aws_lambda_function.executor)
  name             = "live"
  function_name    = aws_lambda_function.executor[0].function_name
  function_version = aws_lambda_function.executor[0].version
}

resource "aws_lambda_provisioned_concurrency_config" "executor" {
  count                             = local.deployed && !var.tenant_isolation && var.provisioned_concurrency > 0 ? 1 : 0
  function_name                     = aws_lambda_function.executor[0].function_name
  qualifier                         = aws_lambda_alias.live[0].name
  provisioned_concurrent_executions = var.provisioned_concurrency
}
