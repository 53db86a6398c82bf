# loses: test_the_folder_is_in_the_bucket, test_nothing_else_was_made
# Sends the working directory in the place of the folder.
aws s3 mb "s3://$BUCKET"
aws s3 sync . "s3://$BUCKET" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
