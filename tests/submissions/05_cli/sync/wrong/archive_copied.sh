# loses: test_the_folder_is_in_the_bucket, test_contents_are_the_same
# Copies what somebody else keeps under the same keys.
aws s3 mb "s3://$BUCKET"
aws s3 sync "s3://$BUCKET-archive" "s3://$BUCKET" --exclude "*.tmp" --exclude "$FOLDER/*"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
