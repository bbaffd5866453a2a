"""What a worker would make at its first jobs, made once for all of them: whoever imports this is ready.

The nursery that workers come from imports it. A worker is replaced after 500 jobs, and a quiet pass starts two;
each would take 0.18 s of CPU for templates and patterns, more than it takes to read twenty pages.
"""

from __future__ import annotations

from feedwatch.judging.tokens import tokenise
from feedwatch.model import KeptPage, SiteRule
from feedwatch.running.compiled import compile_templates
from feedwatch.running.judge import examine

_PAGE = b"""<!doctype html><html lang="en"><head><title>A page</title></head><body><article><h1>A page</h1>
<p>This page tells of nothing at all, and stands here so that whatever reads pages has read one already.</p>
<p>What was asked for at the first page is there for all the others, in every worker that comes from here.</p>
</article></body></html>"""

examine(KeptPage(_PAGE, "text/html", "https://feedwatch.invalid/page"), SiteRule(), None)
tokenise("né")  # another pattern than for plain English
compile_templates()
