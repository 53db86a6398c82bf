# loses: test_the_listing_is_sorted
# Sorts backwards: the newest month on top, it seemed.
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort -r > listing.txt
