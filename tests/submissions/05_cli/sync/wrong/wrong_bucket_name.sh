# loses: test_the_bucket_is_there, test_nothing_else_was_made
# Adds something to the bucket's name, so that it is "unique".
NAME="$BUCKET-data"
aws s3 mb "s3://$NAME"
aws s3 sync "$FOLDER" "s3://$NAME" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$NAME" --query "Contents[].[Key]" --output text | sort > listing.txt
