# loses: test_the_bucket_is_there, test_the_folder_is_in_the_bucket, test_the_listing_holds_the_keys, test_the_listing_is_sorted, test_a_file_is_where_it_belongs, test_nothing_else_changed, test_the_rubbish_stayed_at_home, test_contents_are_the_same, test_nothing_else_was_made
# Adds something to the bucket's name, so that it is "unique".
NAME="$BUCKET-data"
aws s3 mb "s3://$NAME"
aws s3 sync "$FOLDER" "s3://$NAME" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$NAME" --query "Contents[].[Key]" --output text | sort > listing.txt
