"""Rules on what EC2's describe operations tell: filters, pages, items, regions, dry runs.

Called through the registry alone. Changes answers, and nothing in the account.
"""
