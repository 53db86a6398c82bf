"""What holds for all tests."""

import signal

# Started in the background by a script, tests ignore Ctrl-C, and so would all that they start and then interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
