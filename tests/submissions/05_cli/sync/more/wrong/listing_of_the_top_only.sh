# loses: test_the_listing_holds_the_keys
# Forgets --recursive: sub-folders appear as "PRE".
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3 ls "s3://$BUCKET" | awk '{print $NF}' | sort > listing.txt
