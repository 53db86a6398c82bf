# loses: test_the_rubbish_stayed_at_home
# The shell replaces the pattern by the one file that fits where the script stands.
aws s3 mb s3://$BUCKET
aws s3 sync $FOLDER s3://$BUCKET --exclude *.tmp
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
