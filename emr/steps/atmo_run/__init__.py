"""Runs one notebook of a Spark job and stores its results. Works on Python 3.9 and later."""
