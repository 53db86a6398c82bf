# "aws s3 sync", with names and the listing as the eye's list cut down to its last column.
set -euo pipefail
aws s3 mb s3://$BUCKET
aws s3 sync ./$FOLDER/ s3://$BUCKET/ --exclude '*.tmp' --no-progress
aws s3 ls --recursive s3://$BUCKET/ | awk '{print $4}' | sort > listing.txt
