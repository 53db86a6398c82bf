# loses: test_nothing_else_changed
# Deletes the files that should have been left out.
find "$FOLDER" -name "*.tmp" -delete
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
