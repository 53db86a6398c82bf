# Makes a clean copy of the folder elsewhere first, and sends that.
set -e
cp -r "$FOLDER" /tmp/clean
find /tmp/clean -name "*.tmp" -delete
aws s3 mb "s3://$BUCKET" --region us-east-1
aws s3 sync /tmp/clean "s3://$BUCKET"
(cd /tmp/clean && find . -type f | cut -c3- | sort) > listing.txt
