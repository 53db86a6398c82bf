# loses: test_the_listing_holds_the_keys, test_the_listing_is_sorted
# Leaves the listing in JSON.
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "sort(Contents[].Key)" > listing.txt
