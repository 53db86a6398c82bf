"""Collecting submissions: from nbgrader's exchange, and from the files of a learning management system.

Called by the command line, and by nbgrader's collect and zip_collect. Knows names, times and files; of a submission it
reads only the step that it belongs to.
"""
