"""The life of access: who may open what, how they get in, and how they get out again.

A list of people stands in an `access.yaml`, which these rooms read, change in place and write.
"""
