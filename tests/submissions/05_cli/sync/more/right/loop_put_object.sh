#!/usr/bin/env bash
# A loop over find, with "aws s3api put-object"; the listing from JSON, by Python.
aws s3 mb "s3://${BUCKET}"
find "$FOLDER" -type f -not -name '*.tmp' -print0 | while IFS= read -r -d '' file; do
    aws s3api put-object --bucket "$BUCKET" --key "${file#"$FOLDER"/}" --body "$file" --output text > /dev/null
done
aws s3api list-objects --bucket "$BUCKET" --output json |
    python3 -c 'import json, sys; print(*sorted(o["Key"] for o in json.load(sys.stdin)["Contents"]), sep="\n")' > listing.txt
