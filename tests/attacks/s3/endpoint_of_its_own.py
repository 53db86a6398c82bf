# attack: 23
# does: works against a cloud of its own on another port, and tries to listen on ours
# run: finished
# earns: 0
# with: work
import os
import socket
import threading

from moto.server import ThreadedMotoServer

for address in ("127.0.0.1", "0.0.0.0", "127.0.0.2", "::1"):
    try:
        other = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind((address, 4566))
        other.listen()
    except OSError:
        pass
server = ThreadedMotoServer(port=5000)
server.start()
os.environ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:5000"
import boto3

boto3.client("s3").create_bucket(Bucket=given.bucket)
work()
