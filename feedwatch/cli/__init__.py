"""Arguments in, exit code out.

Exit codes: 0 done; 1 it failed; 2 the command or the config is wrong; 3 the store; 4 the output;
5 no feed could be polled.
"""

from feedwatch.cli.main import main

__all__ = ["main"]
