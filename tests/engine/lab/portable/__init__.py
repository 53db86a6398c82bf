"""A Python without what Windows does not have."""
