"""A small mailbox for one machine: receives mail by SMTP and shows it in the browser.

It is not part of the product: it replaces a mail server, in a process of its own.
"""
