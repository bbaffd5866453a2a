"""What may be told to anyone: text without the secrets that addresses carry.

From logs and errors names, passwords, queries and fragments go: a feed's may hold a key, and nobody can tell which do.
A link to an article must still lead to it, so of its query only those parameters go whose names say that they are keys.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

# The second form: a password that holds a slash, which no program reads as one, but a person does.
_CREDENTIALS = re.compile(r"(?<=://)(?:[^\s/?#]*@|[^\s/?#@:]*:(?![0-9]+/)[^\s?#]*@)")
_QUERY = re.compile(r"(https?://[^\s?#]++)[?#](?:\S*[^\s'\"<>),.:;!])?(?:\.{3})?", re.IGNORECASE)
# Of what is no address as it should be: another scheme or none, a space in it.
_ATTACHED = re.compile(r"(?<=\S)[?#](?=[^\s?#=&'\"<>]+=)\S*[^\s'\"<>),.:;!]")
_SAID = re.compile(r"(?<![\w.%\[\]-])([\w.%\[\]-]+)=[^\s&;'\"<>]+")
# Characters: nobody reads more of an error, and hostile text makes the patterns go over it again and again.
_LONGEST = 10_000
# Parameters that let their bearer in. `id`, `p` or `code` name pages, and `sid` a story as often as a session.
_KEY = re.compile(
    r"(?:^|[_.-])(?:key|pass|passwd|pwd|auth|authori[sz]ation|credentials?|hmac|jwt|otp|(?:j?session|phpsess|sess)(?:id)?|"
    r"sig)$|token|secret|password|api[_.-]?key|access[_.-]?key|signature|^x-(?:amz|goog)-"
)
_PAIR = re.compile(r"(?<=[?&;#])([^?&;#=]*)=[^&;#]*[&;]?")


def discreet(text: str) -> str:
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}..."
    bare = _ATTACHED.sub("", _QUERY.sub(r"\1", _CREDENTIALS.sub("", text)))
    return _SAID.sub(lambda pair: f"{pair[1]}=..." if _names_a_key(pair[1]) else pair[0], bare)


def without_keys(url: str) -> str:
    """`url` less the parameters that are keys, be they in the query or the fragment; everything else to the letter."""
    path = re.split("[?#]", url, maxsplit=1)[0]
    rest = url[len(path) :]
    bare = _PAIR.sub(lambda pair: "" if _names_a_key(pair[1]) else pair[0], rest)
    return url if bare == rest else path + re.sub("(?<![?&;])[?&;]++(?=#|$)|#$", "", bare)


def _names_a_key(name: str) -> bool:
    return _KEY.search(unquote(name).lower()) is not None
