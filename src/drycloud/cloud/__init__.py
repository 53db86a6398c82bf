"""The simulated cloud: moto behind one WSGI application, with a trail and limits.

Nothing is imported here, so a caller of a small part, such as a student's keys, does not load moto.
"""
