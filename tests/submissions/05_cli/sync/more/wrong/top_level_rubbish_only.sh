# loses: test_the_rubbish_stayed_at_home
# Leaves out the rubbish at the top only.
aws s3 mb "s3://$BUCKET"
cd "$FOLDER"
options=()
for file in *.tmp; do options+=(--exclude "$file"); done
aws s3 sync . "s3://$BUCKET" "${options[@]}"
cd ..
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
