"""What the tool writes for its author: a client, an entry, an invoice, a whole workspace.

It writes the shape and leaves the words to them. Whatever is written is read again first: it says
what was asked, and brings no new error, or nothing is written.
"""
