"""The only network edge: polite, bounded, and never at a private address.

    Request -> addresses -> robots -> manners (one at a time) -> wire (checked, counted) -> headers, body -> Outcome
               ^                                                                          |
               `--------------- once more for every redirect, followed by `client` alone -'

The rule: an outcome says the truth or that there is none. Half a body, a guessed one or another address's is `Failed`.
"""

import sys

# With click at hand httpx imports its own command line, and rich with it.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type] # None: it is not to be imported

from feedwatch.adapters.fetch.client import HttpFetcher  # noqa: E402

__all__ = ["HttpFetcher"]
