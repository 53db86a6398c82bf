"""The simulated cloud: moto behind one WSGI application, watched and bounded.

Nothing is imported here: who needs a few words of this room, such as a student's keys, need not load moto.
"""
