"""Rules on EC2: a module for each kind of resource or each way to change one.

Called only through the registry. Knows the account and the request, but neither run nor student.
"""
