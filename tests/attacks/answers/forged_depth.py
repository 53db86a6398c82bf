# attack: 11
# does: writes answers past the runner's own reading, five hundred levels deep, that a message would print
# run: finished
# earns: 0
# with: forge
deep = '{"a": ' * 500 + "1" + "}" * 500
names = ("public_ip", "public_dns", "instance_type", "key_name", "state")
forge(outcome="finished", message="", answers="{" + ", ".join(f'"{name}": {deep}' for name in names) + "}")
