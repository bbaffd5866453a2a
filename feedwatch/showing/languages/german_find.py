"""German: the pages for finding."""

from __future__ import annotations

from feedwatch.showing.find_phrases import FindPhrases

FIND = FindPhrases(
    title="Artikel finden",
    lead="Wörter eingeben, oder die Adresse eines Artikels einfügen: Das führt zum Feed seiner Änderungen.",
    ask="Wörter oder eine Adresse",
    where="Suchen in",
    everywhere="allem",
    names="Überschriften, Medien und Adressen",
    added="hinzugefügten Wörtern",
    removed="entfernten Wörtern",
    button="Finden",
    needs_script="Die Suche läuft im Browser, als Skript dieser Seiten. Ohne Skripte hilft das Blättern weiter.",
    searching="Suche läuft …",
    found=("{n} Artikel", "{n} Artikel"),
    found_newest=("{n} Artikel, die neuesten zuerst", "{n} Artikel, die neuesten zuerst"),
    nothing="Nichts gefunden. Gesucht werden ganze Wörter, oder ihre Anfänge ab vier Buchstaben.",
    more="Mehr",
    narrow="Diese Wörter sind zu häufig, um alle Treffer zu zeigen; ein weiteres Wort hilft.",
    failed="Die Suche konnte nicht geladen werden; bitte noch einmal versuchen.",
    watched="Dieser Artikel wird beobachtet:",
    unwatched="Kein Artikel mit dieser Adresse wird hier beobachtet. Ähnliche Artikel:",
    not_an_address="Das ist keine Adresse einer Webseite.",
    formerly="vorher: {title}",
    bookmarklet_title="Vom Artikel zu seinen Änderungen",
    bookmarklet_text="Diesen Link zu den Lesezeichen ziehen. Auf der Seite eines Artikels führt er zu den Änderungen:",
    bookmarklet="Was wurde hier geändert?",
    browse_title="Blättern",
    all_sources="Alle Quellen",
    days_title="Tag für Tag",
    days_text="Alle Änderungen eines Tages in der Reihenfolge, in der sie gefunden wurden. Tage beginnen um 0 Uhr UTC.",
    day_title="Änderungen am {date}",
    page="Seite {n}",
    most_changed="Am häufigsten geändert",
    most_changed_text="Die Artikel, die am häufigsten geändert wurden.",
    corrections="Korrekturen",
    removed_title="Entfernt und zurückgekehrt",
)
