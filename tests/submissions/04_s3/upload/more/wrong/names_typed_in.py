# loses: test_files_of_the_folder_are_uploaded, test_files_of_sub_folders_are_uploaded, test_a_file_was_sent, test_nothing_else_changed, test_contents_are_the_same, test_content_types_are_right, test_only_files_of_the_folder_are_uploaded
# Types in the folder and the bucket that were seen while practising.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in Path("bees_2018").rglob("*"):
    s3.upload_file(str(path), "open-bees-0a1b2c", "lab/bees/2018/" + path.name)
s3.upload_file("bees_2018/stations.csv", "open-bees-0a1b2c", "lab/bees/2018/stations.csv")
