# loses: test_the_folder_is_in_the_bucket
# A loop over the top of the folder: sub-folders are left out.
aws s3 mb "s3://$BUCKET"
for file in "$FOLDER"/*; do
    if [[ -f $file && $file != *.tmp ]]; then
        aws s3 cp "$file" "s3://$BUCKET/"
    fi
done
aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
