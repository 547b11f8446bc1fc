output "id" { value = aws_s3_bucket.this.id }
output "arn" { value = aws_s3_bucket.this.arn }
output "domain" { value = aws_s3_bucket.this.bucket_regional_domain_name }
output "encryption" { value = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm }
output "public_access_block" { value = aws_s3_bucket_public_access_block.this }
