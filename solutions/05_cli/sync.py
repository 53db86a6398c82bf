# %% tags=["task"] language="bash"
# # 1. Create the bucket "$BUCKET".
# aws s3 mb "s3://$BUCKET"
#
# # 2. Copy the content of "$FOLDER" to it, without *.tmp.
# aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
#
# # 3. Write the sorted keys to listing.txt.
# aws s3api list-objects-v2 --bucket "$BUCKET" --query "Contents[].[Key]" --output text | sort > listing.txt
