import json
import os


def say(data):
    """What process 1 of the sandbox takes for the word of the student's process."""
    while data:
        data = data[os.write(100, data[:65536]) :]
    os._exit(0)


def forge(**word):
    say(json.dumps(word).encode())
