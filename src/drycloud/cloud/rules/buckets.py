"""Buckets, objects, and who may read them."""
