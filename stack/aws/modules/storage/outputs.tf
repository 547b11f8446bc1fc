output "code_bucket" { value = module.code.id }
output "code_objects_arn" { value = "${module.code.arn}/${var.code_prefix}*" }
output "encryption" { value = module.code.encryption }
output "public_access_block" { value = module.code.public_access_block }
output "expiration_days" { value = one(one(aws_s3_bucket_lifecycle_configuration.code.rule).expiration).days }
