"""Templates with everything escaped: how every page is made.

Pages work without JavaScript, without colour, in any folder and from disk. Nothing of a source's HTML reaches them: its
words come as text, and every string passes through `plain.shown` and the escaping of the template engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from pathlib import PurePosixPath

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import Markup

from feedwatch.model import Channel, Site
from feedwatch.showing import paths, pieces
from feedwatch.showing.plain import clipped, direction, language_tag, safe_link, shown
from feedwatch.showing.words import words

# Autodiscovery: many readers take the first feed of a page.
_CHANNELS = (Channel.CHANGES, *(channel for channel in Channel if channel is not Channel.CHANGES))


def render(template: str, site: Site, here: PurePosixPath, **values: object) -> bytes:
    """The page that lies at `here`, with relative links."""
    return _page(template, site, partial(paths.relative, page=here), values)


def render_anywhere(template: str, site: Site, **values: object) -> bytes:
    """A page that is shown at any address of the host: its links start at the host's root."""
    return _page(template, site, partial(paths.from_root, site.base_url), values)


def _page(template: str, site: Site, to: Callable[[PurePosixPath], str], values: Mapping[str, object]) -> bytes:
    say = words(site.language)
    around = _around(site, to(paths.INDEX).removesuffix(paths.INDEX.name))
    known = {"words": say, "say": say.phrases, "site": site, "paths": paths, "channels": _CHANNELS}
    return _templates().get_template(template).render(known, to=to, around=around, **values).encode("utf-8")


@lru_cache(maxsize=16)
def _around(site: Site, up: str) -> TemplateModule:
    """What is the same on every page from which `up` leads to the site's folder."""
    say = words(site.language)
    contact = safe_link(site.contact) or (f"mailto:{site.contact}" if "@" in site.contact else None)
    known = {"say": say.phrases, "site": site, "paths": paths, "contact": contact, "up": up}
    return _templates().get_template("around.html").make_module(known)


def render_part(template: str, part: str, site: Site, *values: object) -> Markup:
    """What a macro makes that needs nothing of the page: for several pages at once."""
    made: Markup = getattr(_parts(template, site.language), part)(*values)
    return made


@lru_cache(maxsize=4)
def _parts(template: str, language: str) -> TemplateModule:
    say = words(language)
    return _templates().get_template(template).make_module({"words": say, "say": say.phrases})


def keep_templates(kept: BytecodeCache) -> None:
    """What is kept of them need not be compiled."""
    _templates().bytecode_cache = kept


def compile_templates() -> None:
    """All of them, so that whoever comes from this process need not."""
    for name in _templates().list_templates():
        _templates().get_template(name)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("feedwatch.showing"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_final,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # else each page would ask the disk whether its templates are as they were
    )
    environment.filters["clipped"] = clipped
    environment.filters["dir"] = direction
    environment.filters["tag"] = language_tag
    for piece in (pieces.texted, pieces.time, pieces.paragraphs, pieces.compared, pieces.kept):
        environment.filters[piece.__name__] = piece
    return environment


def _final(value: object) -> object:
    """Every expression of every template on its way out."""
    return value if isinstance(value, Markup) else shown(str(value))
