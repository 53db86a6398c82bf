# loses: test_nothing_else_was_made
# Tries it with a bucket of its own first, and leaves that.
aws s3 mb "s3://$BUCKET-test" && aws s3 sync "$FOLDER" "s3://$BUCKET-test" --exclude "*.tmp"
aws s3 mb "s3://$BUCKET" && aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
