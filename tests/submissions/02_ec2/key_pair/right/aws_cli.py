# The AWS CLI, with the file made by the shell.
name, file = given.key_name, given.key_file
!aws ec2 create-key-pair --key-name {name} --key-type rsa --query KeyMaterial --output text > ./{file}
!chmod 400 {file}
