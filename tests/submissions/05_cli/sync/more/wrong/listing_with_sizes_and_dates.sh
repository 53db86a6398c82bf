# loses: test_the_listing_holds_the_keys
# Keeps what "aws s3 ls" prints, dates and sizes and all.
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3 ls "s3://$BUCKET" --recursive | sort > listing.txt
