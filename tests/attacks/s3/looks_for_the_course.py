# attack: 31
# does: searches every file for graders, solutions, gradebooks, keys, sockets and other submissions
# run: finished
# earns: 0
# prints: nothing found
import os
import re

wanted = re.compile(r"course\.yml|course_secret|gradebook.*\.db|id_(rsa|ed25519)$|\.git$|docker\.sock|shadow$|\.aws$|\.ssh$|authorized_keys|/(graders|solutions|submitted|autograded)(/|$)|\.bash_history")
found = []
for folder, folders, files in os.walk("/", followlinks=False):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in ("/proc", "/usr/share", "/usr/lib", "/opt/site")]
    found += [os.path.join(folder, name) for name in folders + files if wanted.search(os.path.join(folder, name))]
for path in ("/work", "/srv", "/var", "/etc/shadow", "/sys/kernel", "/dev/mem", "/dev/kmsg", "/dev/sda", "/boot", "/run", "/proc/kcore", "/proc/1/root/etc", "/proc/self/root/../../work"):
    try:
        entries = os.listdir(path) if os.path.isdir(path) else [open(path, "rb").read(1)]
        found += [path] if entries else []
    except OSError:
        pass
print(found or "nothing found")
