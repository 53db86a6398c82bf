"""The key that a student signs with; whoever else signs is nobody to this AWS."""

STUDENT_KEY, STUDENT_SECRET = "AKIADRYCLOUDSTUDENT1", "practice"
