# Sends everything, notices it, and takes the rubbish out of the bucket again; the listing is made twice.
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET"
aws s3 ls "s3://$BUCKET" --recursive > listing.txt
aws s3 rm "s3://$BUCKET" --recursive --exclude "*" --include "*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "sort(Contents[].Key)" --output json | tr -d '[]", ' | grep . > listing.txt
