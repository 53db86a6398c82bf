# loses: test_the_listing_holds_the_keys, test_the_listing_is_sorted
# Prints the listing and writes no file.
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3 ls "s3://$BUCKET" --recursive | awk '{print $4}' | sort
