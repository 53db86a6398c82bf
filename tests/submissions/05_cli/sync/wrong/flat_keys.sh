# loses: test_the_folder_is_in_the_bucket
# A loop that keeps only the files' own names: those of the months replace each other.
aws s3 mb "s3://$BUCKET"
for file in $(find "$FOLDER" -type f ! -name "*.tmp"); do
    aws s3 cp "$file" "s3://$BUCKET/$(basename "$file")"
done
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
