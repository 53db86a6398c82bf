# attack: 11
# does: answers with a list that holds itself, dictionaries that hold each other, and a hundred levels
# run: finished
# earns: 0
public_ip = []
public_ip.append(public_ip)
public_dns, key_name = {}, {}
public_dns["a"], key_name["a"] = key_name, public_dns
state = instance_type = "t3.micro"
for _ in range(100):
    state = [state]
