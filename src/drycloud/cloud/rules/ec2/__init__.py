"""Rules on EC2: a module for each kind of resource or each way to change one.

Called through the registry alone. Knows the account and the request, and neither run nor student.
"""
