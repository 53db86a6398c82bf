aws s3api create-bucket --bucket "$BUCKET"
