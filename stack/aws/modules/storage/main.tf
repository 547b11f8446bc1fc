# Source texts that are too large for a message. They are forgotten after a day, as the jobs are.

module "code" {
  source = "../bucket"
  name   = "${var.name}-code"
}

resource "aws_s3_bucket_lifecycle_configuration" "code" {
  bucket = module.code.id

  rule {
    id     = "forget"
    status = "Enabled"
    filter {
      prefix = var.code_prefix
    }
    expiration {
      days = 1
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}
