# attack: 2
# does: loops for ever and ignores SIGXCPU
# run: killed or timed_out
# earns: 0
# says: Your code
import signal

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    pass
