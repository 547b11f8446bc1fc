# Beside the product's files in the tests' copy only: the provider speaks to the emulator that AWS_ENDPOINT_URL names.
provider "aws" {
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  s3_use_path_style           = true
  max_retries                 = 3
}
