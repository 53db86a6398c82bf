# attack: 13
# does: prints a Report in JSON, a score, and that all tests passed
# run: finished
# earns: 0
import json

report = {"schema": 1, "student": "ec2-report_on_standard_output", "assignment": "02_ec2", "step": "terminate"}
report |= {"status": "graded", "score": 10.0, "points": 10.0, "run": {"outcome": "finished"}, "checks": []}
print(json.dumps([report]))
print("===== 5 passed in 0.01s =====\nscore: 10/10\n::set-output name=score::10")
score = 10
