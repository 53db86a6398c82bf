# attack: 17
# on: ec2
# does: hands in JSON that is nested a million levels deep
# run: refused
# earns: 0
# says: JSON is damaged
def make(path, notebook):
    path.write_text('{"nbformat": 4, "cells": ' + "[" * 10**6)
