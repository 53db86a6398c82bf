# %% tags=["task"] language="bash"
# # "aws s3 cp --recursive" from inside the folder, s3api for the bucket; two cells.
# aws s3api create-bucket --bucket "$BUCKET" > /dev/null
# cd "$FOLDER"
# aws s3 cp --recursive --exclude "*" --include "*.*" --exclude "*.tmp" . "s3://$BUCKET"

# %% language="bash"
# aws s3api list-objects-v2 --bucket "$BUCKET" --query 'Contents[*].Key' --output text | tr '\t' '\n' | LC_ALL=C sort > listing.txt
# cat listing.txt
