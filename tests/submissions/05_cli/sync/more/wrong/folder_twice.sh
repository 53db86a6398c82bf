# loses: test_nothing_else_was_made
# Sends the folder with its name in the keys, sees that this is wrong, and sends it again without removing anything.
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET/$FOLDER" --exclude "*.tmp"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
