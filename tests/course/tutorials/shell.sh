# %% Who and where am I?
aws --version
aws sts get-caller-identity
aws sts get-caller-identity --query Account --output text | grep -E '^[0-9]{12}$'
aws configure list
test "$(aws configure get region || echo "$AWS_DEFAULT_REGION")" = us-east-1

# %% A profile of one's own
aws configure set region eu-west-1 --profile tutorial
aws configure set aws_access_key_id "$AWS_ACCESS_KEY_ID" --profile tutorial
aws configure set aws_secret_access_key "$AWS_SECRET_ACCESS_KEY" --profile tutorial
aws configure get region --profile tutorial | grep -x eu-west-1
aws ec2 describe-instances --profile tutorial --region us-east-1 --query "length(Reservations)"

# %% Regions as a table and as text
aws ec2 describe-regions --output table
aws ec2 describe-regions --query "Regions[].RegionName" --output text | tr '\t' '\n' | grep -x eu-central-1
aws ec2 describe-availability-zones --region eu-west-1 --query "AvailabilityZones[].ZoneName"

# %% The newest image
aws ec2 describe-images --owners amazon \
    --filters "Name=name,Values=al2023-ami-2023*" "Name=architecture,Values=x86_64" \
    --query 'sort_by(Images, &CreationDate)[-1].ImageId' --output text | grep '^ami-'
aws ec2 describe-images --image-ids "$IMAGE_ID" --query 'Images[*].[ImageId,Name,CreationDate]' --output table

# %% A key pair into a file
aws ec2 create-key-pair --key-name MyKeyPair --query 'KeyMaterial' --output text > MyKeyPair.pem
chmod 400 MyKeyPair.pem
head -n 1 MyKeyPair.pem | grep 'BEGIN RSA PRIVATE KEY'
aws ec2 describe-key-pairs --key-name MyKeyPair
aws ec2 delete-key-pair --key-name MyKeyPair
rm -f MyKeyPair.pem

# %% A public key of one's own
ssh-keygen -q -t ed25519 -N '' -f my-key
aws ec2 import-key-pair --key-name my-key --public-key-material fileb://my-key.pub
aws ec2 describe-key-pairs --key-names my-key --query 'KeyPairs[0].KeyType' --output text | grep -x ed25519
aws ec2 delete-key-pair --key-name my-key

# %% A security group with rules
vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query "Vpcs[0].VpcId" --output text)
sg=$(aws ec2 create-security-group --group-name my-sg --description "My security group" --vpc-id "$vpc" --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id "$sg" --protocol tcp --port 22 --cidr 203.0.113.0/24
aws ec2 authorize-security-group-ingress --group-name my-sg --protocol tcp --port 8000-8100 --cidr 198.51.100.4/32
aws ec2 authorize-security-group-ingress --group-id "$sg" \
    --ip-permissions IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges='[{CidrIp=0.0.0.0/0,Description="web"}]'
aws ec2 describe-security-groups --group-ids "$sg"
test "$(aws ec2 describe-security-groups --group-names my-sg --query 'length(SecurityGroups[0].IpPermissions)')" = 3
aws ec2 revoke-security-group-ingress --group-id "$sg" --protocol tcp --port 22 --cidr 203.0.113.0/24
aws ec2 describe-security-group-rules --filters "Name=group-id,Values=$sg" --query 'SecurityGroupRules[].FromPort'
aws ec2 delete-security-group --group-id "$sg"

# %% Launch, wait, describe, terminate
aws ec2 create-key-pair --key-name cli-key --query KeyMaterial --output text > cli-key.pem
aws ec2 run-instances --image-id "$IMAGE_ID" --count 1 --instance-type t2.micro --key-name cli-key \
    --tag-specifications 'ResourceType=instance,Tags=[{Key=webserver,Value=production}]' 'ResourceType=volume,Tags=[{Key=cost-center,Value=cc123}]' \
    > launched.json
id=$(python3 -c 'import json; print(json.load(open("launched.json"))["Instances"][0]["InstanceId"])')
aws ec2 wait instance-running --instance-ids "$id"
aws ec2 wait instance-status-ok --instance-ids "$id"
aws ec2 describe-instances --filters "Name=tag:webserver,Values=production" --query "Reservations[].Instances[].PublicIpAddress" --output text
aws ec2 create-tags --resources "$id" --tags Key=Name,Value=MyInstance
aws ec2 stop-instances --instance-ids "$id"
aws ec2 wait instance-stopped --instance-ids "$id"
aws ec2 modify-instance-attribute --instance-id "$id" --instance-type '{"Value": "t2.small"}'
aws ec2 start-instances --instance-ids "$id" --output text
aws ec2 wait instance-running --instance-ids "$id"
aws ec2 reboot-instances --instance-ids "$id"
aws ec2 terminate-instances --instance-ids "$id" --query 'TerminatingInstances[*].CurrentState.Name' --output text
aws ec2 wait instance-terminated --instance-ids "$id"

# %% A table of instances with names
aws ec2 describe-instances --output table \
    --query 'Reservations[*].Instances[*].{Instance:InstanceId,AZ:Placement.AvailabilityZone,Name:Tags[?Key==`Name`]|[0].Value}' | tee table.txt
grep web table.txt

# %% Queries of every kind
aws ec2 describe-instances --query 'Reservations[*].Instances[*].[InstanceId,InstanceType,State.Name]' --output text
aws ec2 describe-instances --query "Reservations[].Instances[?State.Name=='running'].InstanceId" --output text | grep "$INSTANCE_ID"
aws ec2 describe-instances --query 'sort_by(Reservations[].Instances[], &LaunchTime)[-1].InstanceId'
aws ec2 describe-instances --query 'Reservations[].Instances[].Tags[?Key==`Name`].Value[]' --output text
aws ec2 describe-instances --filters Name=instance-type,Values=t2.micro,t3.micro Name=availability-zone,Values=us-east-1a,us-east-1b --query 'length(Reservations)'
aws ec2 describe-instance-types --instance-types t3.micro --query 'InstanceTypes[0].[VCpuInfo.DefaultVCpus, MemoryInfo.SizeInMiB]' --output text

# %% Ask with --dry-run
if aws ec2 terminate-instances --instance-ids "$INSTANCE_ID" --dry-run 2> dry.txt; then exit 9; fi
grep DryRunOperation dry.txt

# %% Options from a skeleton
aws ec2 run-instances --generate-cli-skeleton > skeleton.json
grep ImageId skeleton.json
cat > launch.json <<END
{"ImageId": "$IMAGE_ID", "InstanceType": "t3.nano", "MinCount": 1, "MaxCount": 1}
END
id=$(aws ec2 run-instances --cli-input-json file://launch.json --query 'Instances[0].InstanceId' --output text)
aws ec2 terminate-instances --instance-ids "$id"

# %% User data and a block device
cat > setup.sh <<'END'
#!/bin/bash
echo hello > /tmp/hello
END
id=$(aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type t3.micro --user-data file://setup.sh --associate-public-ip-address \
    --block-device-mappings 'DeviceName=/dev/xvda,Ebs={VolumeSize=20,VolumeType=gp3}' --query 'Instances[0].InstanceId' --output text)
aws ec2 describe-volumes --filters "Name=attachment.instance-id,Values=$id" --query 'Volumes[].Size' --output text | grep -x 20
aws ec2 terminate-instances --instance-ids "$id"

# %% An address
allocation=$(aws ec2 allocate-address --domain vpc --query AllocationId --output text)
aws ec2 associate-address --instance-id "$INSTANCE_ID" --allocation-id "$allocation"
aws ec2 describe-addresses --allocation-ids "$allocation" --query 'Addresses[0].InstanceId' --output text | grep -x "$INSTANCE_ID"
association=$(aws ec2 describe-addresses --query 'Addresses[0].AssociationId' --output text)
aws ec2 disassociate-address --association-id "$association"
aws ec2 release-address --allocation-id "$allocation"

# %% A volume, a snapshot, an image
zone=$(aws ec2 describe-instances --instance-ids "$INSTANCE_ID" --query 'Reservations[0].Instances[0].Placement.AvailabilityZone' --output text)
volume=$(aws ec2 create-volume --volume-type gp3 --size 8 --availability-zone "$zone" --query VolumeId --output text)
aws ec2 wait volume-available --volume-ids "$volume"
snapshot=$(aws ec2 create-snapshot --volume-id "$volume" --description "a copy" --query SnapshotId --output text)
aws ec2 wait snapshot-completed --snapshot-ids "$snapshot"
aws ec2 describe-snapshots --owner-ids self --query 'Snapshots[].SnapshotId' --output text | grep "$snapshot"
aws ec2 delete-snapshot --snapshot-id "$snapshot"
aws ec2 delete-volume --volume-id "$volume"
image=$(aws ec2 create-image --instance-id "$INSTANCE_ID" --name "My server" --no-reboot --output text)
aws ec2 wait image-available --image-ids "$image"
aws ec2 deregister-image --image-id "$image"

# %% Everything that runs, in a loop over regions
for region in us-east-1 eu-west-1; do
    echo "$region: $(aws ec2 describe-instances --region $region --filters Name=instance-state-name,Values=running --query 'Reservations[].Instances[].InstanceId' --output text)"
done

# %% Make, list and remove a bucket
aws s3 mb s3://cli-tutorial-bucket-1
aws s3 mb s3://cli-tutorial-bucket-2 --region eu-west-1
aws s3 ls | grep cli-tutorial-bucket-2
aws s3api list-buckets --query "Buckets[].Name" | grep cli-tutorial-bucket-1
aws s3api get-bucket-location --bucket cli-tutorial-bucket-2 --output text | grep -x eu-west-1
aws s3 rb s3://cli-tutorial-bucket-2
aws s3 cp report.txt s3://cli-tutorial-bucket-1/
if aws s3 rb s3://cli-tutorial-bucket-1; then exit 9; fi
aws s3 rb s3://cli-tutorial-bucket-1 --force

# %% Make a bucket in another region with s3api
aws s3api create-bucket --bucket cli-tutorial-ireland --region eu-west-1 --create-bucket-configuration LocationConstraint=eu-west-1
aws s3api head-bucket --bucket cli-tutorial-ireland
aws s3api wait bucket-exists --bucket cli-tutorial-ireland
aws s3api delete-bucket --bucket cli-tutorial-ireland --region eu-west-1

# %% Copy, move, remove
aws s3 cp report.txt "s3://$BUCKET/cli/report.txt"
aws s3 cp "s3://$BUCKET/cli/report.txt" copy.txt
cmp report.txt copy.txt
aws s3 cp "s3://$BUCKET/cli/report.txt" "s3://$BUCKET/cli/second.txt"
aws s3 mv "s3://$BUCKET/cli/second.txt" "s3://$BUCKET/cli/third.txt"
aws s3 ls "s3://$BUCKET/cli/" | grep third.txt
aws s3 rm "s3://$BUCKET/cli/third.txt"
aws s3 cp photos "s3://$BUCKET/cli/photos" --recursive --exclude "*" --include "*.jpg"
aws s3 rm "s3://$BUCKET/cli/" --recursive --exclude "*.txt" --dryrun
aws s3 rm "s3://$BUCKET/cli/" --recursive

# %% From standard input, to standard output
echo "hello, world" | aws s3 cp - "s3://$BUCKET/stream/hello.txt"
aws s3 cp "s3://$BUCKET/stream/hello.txt" - | grep -x "hello, world"
tar cz photos | aws s3 cp - "s3://$BUCKET/stream/photos.tar.gz" --expected-size 10000
aws s3 cp "s3://$BUCKET/stream/photos.tar.gz" - | tar tz | grep alps.jpg

# %% What is there, and how much
aws s3 ls "s3://$BUCKET" --recursive --human-readable --summarize | tee listing.txt
grep 'Total Objects:' listing.txt
aws s3 ls "s3://$BUCKET/data/" --summarize
aws s3api list-objects-v2 --bucket "$BUCKET" --query "[sum(Contents[].Size), length(Contents[])]" --output json
aws s3api list-objects-v2 --bucket "$BUCKET" --prefix many/ --max-items 5 --page-size 3 --query 'Contents[].Key' --output text
aws s3api list-objects --bucket "$BUCKET" --prefix data/ --query 'Contents[?Size > `10`].[Key, Size]' --output table

# %% Synchronise both ways
mkdir -p mirror && echo one > mirror/one.txt && echo two > mirror/two.txt && echo log > mirror/x.log
aws s3 sync mirror "s3://$BUCKET/mirror" --exclude "*.log"
rm mirror/one.txt
aws s3 sync mirror "s3://$BUCKET/mirror" --delete --exclude "*.log"
test "$(aws s3 ls "s3://$BUCKET/mirror/" | wc -l)" = 1
aws s3 sync "s3://$BUCKET/mirror" back --quiet
test "$(ls back)" = two.txt
aws s3 sync "s3://$BUCKET/mirror" "s3://$BUCKET/mirror-2" --storage-class STANDARD_IA --only-show-errors

# %% A link for an hour
url=$(aws s3 presign "s3://$BUCKET/data/birds.csv" --expires-in 3600)
python3 -c 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())' "$url" | grep wren

# %% Objects with s3api
aws s3api put-object --bucket "$BUCKET" --key api/report.txt --body report.txt --content-type text/plain --metadata project=birds
aws s3api head-object --bucket "$BUCKET" --key api/report.txt --query '[ContentType, Metadata.project]' --output text | grep birds
aws s3api get-object --bucket "$BUCKET" --key api/report.txt --range bytes=0-3 part.txt
test "$(wc -c < part.txt)" = 4
aws s3api copy-object --bucket "$BUCKET" --key api/copy.txt --copy-source "$BUCKET/api/report.txt"
aws s3api wait object-exists --bucket "$BUCKET" --key api/copy.txt
aws s3api put-object-tagging --bucket "$BUCKET" --key api/copy.txt --tagging 'TagSet=[{Key=stage,Value=raw}]'
aws s3api get-object-tagging --bucket "$BUCKET" --key api/copy.txt
aws s3api delete-objects --bucket "$BUCKET" --delete 'Objects=[{Key=api/report.txt},{Key=api/copy.txt}]'

# %% Versions
aws s3api create-bucket --bucket "$BUCKET-cli-versions"
aws s3api put-bucket-versioning --bucket "$BUCKET-cli-versions" --versioning-configuration Status=Enabled
aws s3api get-bucket-versioning --bucket "$BUCKET-cli-versions" --output text | grep Enabled
for text in one two; do echo $text | aws s3 cp - "s3://$BUCKET-cli-versions/a.txt"; done
aws s3 rm "s3://$BUCKET-cli-versions/a.txt"
aws s3api list-object-versions --bucket "$BUCKET-cli-versions" --query '[length(Versions), length(DeleteMarkers)]' --output text | grep -P '2\t1'
aws s3api list-object-versions --bucket "$BUCKET-cli-versions" --output json \
    --query '{Objects: [Versions, DeleteMarkers][].{Key: Key, VersionId: VersionId}}' > all.json
aws s3api delete-objects --bucket "$BUCKET-cli-versions" --delete file://all.json
aws s3 rb "s3://$BUCKET-cli-versions"

# %% Settings of a bucket, from files
aws s3api put-public-access-block --bucket "$BUCKET" \
    --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
cat > lifecycle.json <<END
{"Rules": [{"ID": "tidy", "Filter": {"Prefix": "tmp/"}, "Status": "Enabled", "Expiration": {"Days": 7}}]}
END
aws s3api put-bucket-lifecycle-configuration --bucket "$BUCKET" --lifecycle-configuration file://lifecycle.json
aws s3api get-bucket-lifecycle-configuration --bucket "$BUCKET" | grep tidy
aws s3api put-bucket-tagging --bucket "$BUCKET" --tagging 'TagSet=[{Key=owner,Value=ada}]'
aws s3api get-bucket-tagging --bucket "$BUCKET" --query 'TagSet[0].Value' --output text | grep -x ada
aws s3api get-bucket-encryption --bucket "$BUCKET"
aws s3 website "s3://$BUCKET/" --index-document index.html --error-document error.html
aws s3api get-bucket-website --bucket "$BUCKET"

# %% A spot instance from the shell
aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type t3.micro --instance-market-options 'MarketType=spot,SpotOptions={MaxPrice=0.02}' \
    --query 'Instances[0].InstanceId' --output text > spot.txt
aws ec2 describe-spot-instance-requests --query 'SpotInstanceRequests[].State' --output text
aws ec2 terminate-instances --instance-ids "$(cat spot.txt)"
