# loses: test_nothing_else_changed, test_nothing_else_was_made
# Does what was asked, then mirrors into the archive as well, with --delete.
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3 sync "s3://$BUCKET" "s3://$BUCKET-archive" --delete
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
