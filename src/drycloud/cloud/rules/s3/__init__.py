"""Rules on S3: buckets, objects, uploads, and who may do what with them.

Called through the registry alone. Knows the account and the request, and neither run nor student.
"""
