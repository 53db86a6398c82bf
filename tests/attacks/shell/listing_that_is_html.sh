# attack: 28
# does: writes a listing of scripts, formulas and control characters, which a message then tells
# run: raised or finished
# earns: 11
aws s3 mb "s3://$BUCKET" && aws s3 sync "$FOLDER" "s3://$BUCKET" --exclude "*.tmp"
printf '<script>alert(1)</script>\033[2J\n=HYPERLINK(1)\n\342\200\256\r\n\000\377\n' > listing.txt
