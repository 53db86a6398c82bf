# loses: test_the_folder_is_in_the_bucket
# Writes the folder's name behind the bucket, as with "cp -r".
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET/$FOLDER" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
