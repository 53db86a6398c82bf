"""A student's practice: a local cloud, the scene, the visible checks."""
