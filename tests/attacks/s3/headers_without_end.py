# attack: 36
# does: works, then sends headers and metadata as long as they are taken, and longer, to be kept with what it stores
# run: finished
# earns: 10
# prints: 200 400 400
# with: work
# with: http
work()
long = {"x_amz_meta_a": "a" * 1900, "Cache_Control": "b" * 1900, "Content_Disposition": "c" * 1900}
place = f"/{given.bucket}-h"
raw("PUT", place)
for n in range(100):
    last = raw("PUT", f"{place}/{n}", **long)[0]
print(last, raw("PUT", f"{place}/a", **long, User_Agent="d" * 3000)[0], raw("PUT", f"{place}/b", Cache_Control="e" * 60_000)[0])
for n in range(100):
    raw("DELETE", f"{place}/{n}")
raw("DELETE", place)
