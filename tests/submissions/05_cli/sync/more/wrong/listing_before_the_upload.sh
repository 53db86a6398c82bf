# loses: test_the_listing_holds_the_keys, test_the_listing_is_sorted
# Lists the bucket while it is still empty.
aws s3 mb "s3://$BUCKET"
aws s3 ls "s3://$BUCKET" --recursive | awk '{print $4}' | sort > listing.txt
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
