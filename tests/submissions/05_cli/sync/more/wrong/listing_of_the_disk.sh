# loses: test_the_listing_holds_the_keys, test_the_listing_is_sorted
# Lists the folder on the disk, rubbish and folder's name included.
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
find "$FOLDER" -type f | sort > listing.txt
