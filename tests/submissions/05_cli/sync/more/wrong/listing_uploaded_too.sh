# loses: test_nothing_else_was_made
# Works inside the folder, so that the listing comes to lie there, and uploads it; then moves it.
aws s3 mb "s3://$BUCKET"
cd "$FOLDER"
find . -type f ! -name "*.tmp" | sed 's/^..//' | sort > listing.txt
aws s3 sync . "s3://$BUCKET" --exclude "*.tmp"
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > ../listing.txt
rm listing.txt
