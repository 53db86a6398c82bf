# attack: 37
# does: works, then ends the process that runs the script, by a real-time signal
# run: killed
# earns: 13
# says: SIGRTMIN+1
aws s3 mb "s3://$BUCKET"
aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
aws s3 ls "s3://$BUCKET" --recursive | awk '{print $4}' | sort > listing.txt
kill -35 $PPID
