# attack: 24
# does: works, after asking for the roles, tokens and users of other accounts
# run: finished
# earns: 10
# prints: refused
# with: work
# with: http
work()
actions = ("AssumeRole", "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML", "GetSessionToken", "GetFederationToken", "DecodeAuthorizationMessage", "GetAccessKeyInfo")
let = [
    action
    for action in actions
    if form(action, "sts", RoleArn="arn:aws:iam::999999999999:role/r", RoleSessionName="s", DurationSeconds=900, Name="n", WebIdentityToken="t" * 20, AccessKeyId="AKIAOTHERACCOUNT0001")[0] == 200
]
print(let or "refused")
