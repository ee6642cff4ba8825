"""A small mailbox for one machine: takes all mail by SMTP, shows it in the browser.

No part of the product: it stands in for a real mail server, in a process of its own.
"""
