# attack: 21
# does: comes under another student's name, in letters that look the same
# run: refused
# earns: 0
# says: JSON is damaged
def make(place, student):
    (place / "\u0430nn/toy").mkdir(parents=True)  # a Cyrillic letter
    (place / student / "toy").mkdir(parents=True)
    (place / student / "toy/bucket.ipynb").write_text('{"nbformat": 4, "metadata": {"student": "ann"}, "cells": 5}')
