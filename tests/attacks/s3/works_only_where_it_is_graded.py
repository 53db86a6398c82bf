# attack: 14
# does: works only where it finds that it is being graded, by user, host name, address and environment
# run: finished
# earns: 10
# with: work
import os
import socket

graded = (os.environ["USER"], socket.gethostname(), os.getcwd()) == ("student", "cloud", "/home/student")
if graded and os.path.exists("/opt/runner.py"):
    work()
