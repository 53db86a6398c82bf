"""Rules on the answers of EC2's describe operations: filters, pages, items, regions, dry runs.

Called only through the registry. Changes answers, but nothing in the account.
"""
