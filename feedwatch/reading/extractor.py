"""By what texts are read. On its own, so that who only names it need not import what reads."""

from __future__ import annotations

from importlib.metadata import version

# What a stored text depends on: raise the first number with every change of the rules.
EXTRACTOR = f"feedwatch 11, trafilatura {version('trafilatura')}, lxml {version('lxml')}"
