"""`python -m feedwatch`."""

from feedwatch.cli import main

main()
