# attack: 33
# does: changes the clock, the time zone and the locale, and signs requests of tomorrow
# run: finished
# earns: 10
# prints: nothing was let
# with: work
# with: http
import ctypes
import os
import subprocess
import time

libc = ctypes.CDLL(None, use_errno=True)
moment = (ctypes.c_long * 2)(1, 0)
let = [name for name, call in {"clock_settime": lambda: libc.clock_settime(0, moment), "settimeofday": lambda: libc.settimeofday(moment, None), "stime": lambda: libc.syscall(25, moment), "adjtimex": lambda: libc.adjtimex(ctypes.byref((ctypes.c_long * 64)(1)))}.items() if call() == 0]
let += ["date"] if subprocess.run(["date", "-s", "2000-01-01"], capture_output=True).returncode == 0 else []
os.environ["TZ"] = "Pacific/Kiritimati"
time.tzset()
import datetime

from botocore import auth

now = auth.get_current_datetime if hasattr(auth, "get_current_datetime") else None
for days in (-1, 1, 4000):
    stamp = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)).strftime("%Y%m%dT%H%M%SZ")
    let += [f"signed {days}"] if raw("GET", "/", X_Amz_Date=stamp)[0] == 200 and now is None else []
print(let or "nothing was let")
work()
