"""Work comes in: nbgrader's exchange, and the files of a learning platform.

Called by the command line, and by nbgrader's collect and zip_collect. Knows names, times and files; it reads no more of
a submission than which step it is of.
"""
