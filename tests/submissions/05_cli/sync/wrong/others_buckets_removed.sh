# loses: test_nothing_else_changed
# Tidies the account up first.
for name in $(aws s3api list-buckets --query "Buckets[].Name" --output text); do
    aws s3 rb --force "s3://$name"
done
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
