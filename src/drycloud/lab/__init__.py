"""A student's practice: a local cloud, the scene, and the visible checks at once."""

from drycloud.lab.practice import simulate

__all__ = ["simulate"]
