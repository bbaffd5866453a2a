"""The list of all feeds, for import into a reader: overall, then each source's."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from feedwatch.model import Article, Channel, Site, Source, State
from feedwatch.showing import paths
from feedwatch.showing.plain import clipped
from feedwatch.showing.words import Words, words


def opml(sources: Sequence[Source], site: Site, articles: Sequence[Article] = ()) -> bytes:
    """OPML 2.0. The feeds of `articles` are grouped under their sources."""
    say = words(site.language)
    root = etree.Element("opml", version="2.0")
    title = clipped(site.title, 200) or "feedwatch"
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    _channels(_group(body, title), title, None, site, say)
    for source in sources:
        name = clipped(source.title, 200) or source.slug
        group = _group(body, name)
        _channels(group, name, source, site, say)
        for article in articles:
            if article.source == source.slug and article.state is not State.HIDDEN:
                headline = say.headline(article.title, 200)
                page = paths.url(site.base_url, paths.article_page(article.id))
                _outline(group, headline, paths.url(site.base_url, paths.article_feed(article.id)), page)
    document: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return document


def _group(body: etree._Element, title: str) -> etree._Element:
    return etree.SubElement(body, "outline", text=title, title=title)


def _channels(group: etree._Element, name: str, source: Source | None, site: Site, say: Words) -> None:
    slug = source.slug if source else None
    page = paths.url(site.base_url, paths.source_page(slug) if slug else paths.INDEX)
    pages = say.phrases.pages
    for channel in Channel:
        feed = paths.url(site.base_url, paths.channel_feed(channel, slug))
        _outline(group, f"{name}: {say.phrases.channels[channel]}", feed, page)
    _outline(group, pages.daily_title.format(name=name), paths.url(site.base_url, paths.daily_feed(slug)), page)
    if slug:
        mirror = paths.url(site.base_url, paths.mirror_feed(slug))
        _outline(group, pages.mirror_title.format(source=name), mirror, page)
    else:
        status = (paths.url(site.base_url, path) for path in (paths.STATUS_FEED, paths.STATUS))
        _outline(group, f"{name}: {pages.status_title}", *status)


def _outline(group: etree._Element, title: str, feed: str, page: str) -> None:
    etree.SubElement(group, "outline", type="rss", text=title, title=title, xmlUrl=feed, htmlUrl=page)
