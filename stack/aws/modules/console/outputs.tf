output "url" { value = "https://${aws_cloudfront_distribution.this.domain_name}" }
output "bucket" { value = module.bucket.id }
output "distribution_id" { value = aws_cloudfront_distribution.this.id }
output "encryption" { value = module.bucket.encryption }
output "public_access_block" { value = module.bucket.public_access_block }
output "content_security_policy" { value = one(one(aws_cloudfront_response_headers_policy.this.security_headers_config).content_security_policy).content_security_policy }
