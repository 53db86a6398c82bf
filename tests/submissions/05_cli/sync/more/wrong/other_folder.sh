# loses: test_the_folder_is_in_the_bucket, test_contents_are_the_same
# Takes the folder with almost the same name.
aws s3 mb "s3://$BUCKET"
aws s3 sync "${FOLDER}_unchecked" "s3://$BUCKET" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
