"""Become the given command, on a leash: leash.py PARENT COMMAND….

On Linux the kernel then ends the command when the process that started it is gone, however
that ended; elsewhere the command just starts. A script of its own, since setting this up
between fork and exec is not safe in a process with threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it went before the leash was on
            sys.exit(1)
    os.execvp(command[0], command)


main()
