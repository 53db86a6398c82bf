"""Switches garbage collection off before `warm` is imported, which switches it on again: modules are not garbage."""

import gc

gc.disable()
