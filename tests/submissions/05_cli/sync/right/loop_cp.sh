# A loop with "aws s3 cp" over bash's own pattern, in a sub-shell.
shopt -s globstar nullglob
aws s3 mb "s3://$BUCKET" || exit 1
(
    cd "$FOLDER"
    for path in **; do
        [[ -f $path && $path != *.tmp ]] && aws s3 cp --quiet "$path" "s3://$BUCKET/$path"
    done
)
aws s3 ls "s3://$BUCKET" --recursive | sed -E 's/^[^ ]+ +[^ ]+ +[0-9]+ //' > listing.txt
sort -o listing.txt listing.txt
