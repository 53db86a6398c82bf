"""The access key of the student; this AWS knows no other key."""

STUDENT_KEY, STUDENT_SECRET = "AKIADRYCLOUDSTUDENT1", "practice"
