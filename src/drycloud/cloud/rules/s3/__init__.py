"""Rules on S3: buckets, objects, uploads, and permissions.

Called only through the registry. Knows the account and the request, but neither run nor student.
"""
