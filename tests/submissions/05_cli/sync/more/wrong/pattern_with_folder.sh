# loses: test_the_rubbish_stayed_at_home
# Patterns are compared from the source folder on: this one fits nothing.
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "$FOLDER/*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
