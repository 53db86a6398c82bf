"""Security groups and Elastic IP addresses."""
