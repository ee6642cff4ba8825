"""Run a command that dies with its parent: die_with_parent.py PARENT COMMAND….

On Linux the kernel ends the command when the process that started it is gone, for whatever reason;
elsewhere the command just runs. It is a script of its own, because setting this up between fork and
exec is not safe in a process with threads.
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
        if os.getppid() != parent:  # the parent ended before this was set up
            sys.exit(1)
    os.execvp(command[0], command)


main()
