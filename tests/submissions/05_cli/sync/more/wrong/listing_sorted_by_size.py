# loses: test_the_listing_is_sorted
# Sorts by size, from a "%%bash" that was written in Python's place; the order of the sizes is another.
import subprocess

script = r"""
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3 ls "s3://$BUCKET" --recursive | sort -k3n | awk '{print $4}' > listing.txt
"""
subprocess.run(["bash", "-c", script], check=True)
