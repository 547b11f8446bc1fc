# What the environments that run users' programs may do: nothing. The policy documents are real here, not mocked.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b"] }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

# Makes policy documents only, which needs no account.
provider "aws" {
  alias                       = "real"
  region                      = "us-east-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

run "executor_role_is_worth_nothing" {
  command = plan
  module {
    source = "./modules/role"
  }
  providers = {
    aws = aws.real
  }
  variables {
    name          = "rce-dev-executor"
    function_arn  = "arn:aws:lambda:us-east-1:123456789012:function:rce-dev-executor"
    log_group_arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/rce-dev-executor"
  }

  assert {
    condition = toset(flatten([for s in jsondecode(data.aws_iam_policy_document.rights.json).Statement : s.Action if s.Effect == "Allow" && s.Sid != "Network"])) == toset([
    "logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "beside the network interfaces that Lambda attaches, the role may write its log and nothing else"
  }
  assert {
    condition     = alltrue([for s in jsondecode(data.aws_iam_policy_document.rights.json).Statement : alltrue([for action in flatten([s.Action]) : startswith(action, "ec2:")]) if s.Sid == "Network"])
    error_message = "the network statement is about network interfaces"
  }
  assert {
    condition = anytrue([
      for s in jsondecode(data.aws_iam_policy_document.rights.json).Statement :
      s.Effect == "Deny" && s.Resource == "*" && toset(s.NotAction) == toset(["logs:CreateLogStream", "logs:PutLogEvents"])
      && contains(s.Condition.ArnLike["lambda:SourceFunctionArn"], "arn:aws:lambda:us-east-1:123456789012:function:rce-dev-executor")
      if try(s.NotAction, null) != null
    ])
    error_message = "what the function itself asks for is denied"
  }
}

variables {
  api_package        = "versions.tf"
  dispatcher_package = "versions.tf"
  executor_image     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/rce-dev-executor:1"
}
