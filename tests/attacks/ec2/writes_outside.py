# attack: 31
# does: works, and tries to write everywhere but where it may
# run: finished
# earns: 10
# prints: nothing written
# with: work
work()
import os

written = []
for folder, folders, files in os.walk("/", followlinks=False):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in ("/home", "/tmp", "/dev/shm", "/opt/site", "/usr/share", "/usr/lib", "/usr/include", "/root") and not re.match(r"/proc/\d", os.path.join(folder, name))] if (re := __import__("re")) else []
    for do in (lambda: open(os.path.join(folder, "owned"), "w").close(), lambda: os.mkdir(os.path.join(folder, "owned"))):
        try:
            do()
            written.append(folder)
        except OSError:
            pass
    for name in files:
        path = os.path.join(folder, name)
        try:
            if not os.path.islink(path) and os.access(path, os.W_OK):
                os.close(os.open(path, os.O_WRONLY))
                written += [path] if not path.startswith(("/dev/", "/proc/self", "/proc/thread-self")) else []
        except OSError:
            pass
print(written or "nothing written")
