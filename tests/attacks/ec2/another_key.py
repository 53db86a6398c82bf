# attack: 24
# does: works with the access key of another account, of nobody, and of a made-up session
# run: finished
# earns: 0
# with: work
import os

for key, secret, token in (("AKIAOTHERACCOUNT0001", "practice", ""), ("AKIADRYCLOUDSTUDENT1", "other", ""), ("ASIAOTHERACCOUNT0001", "practice", "token")):
    os.environ |= {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": token}
    boto3.setup_default_session()
    try:
        work()
    except Exception as error:
        print(error)
