# loses: test_the_listing_holds_the_keys
# Lists a bucket with almost the same name.
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET-archive" --query "Contents[].[Key]" --output text | sort > listing.txt
