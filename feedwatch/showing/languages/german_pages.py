"""Deutsch: die Seiten der ganzen Website."""

from __future__ import annotations

from feedwatch.model import Grade
from feedwatch.showing.health import Health
from feedwatch.showing.phrases import PagePhrases

PAGES = PagePhrases(
    # feeds of a source and of the site
    mirror_title="{source}: Artikel",
    mirror_subtitle="Die Artikel von {source}, wie sie gefunden werden, jeder mit dem Weg zu seinen Änderungen.",
    mirror_changes="Änderungen an diesem Artikel",
    daily_title="{name}: Tag für Tag",
    daily_subtitle="Ein Eintrag für jeden Tag mit allem, was an ihm geändert wurde.",
    daily_entry="{date}: {changes}",
    # how the watching goes
    status_title="Betrieb",
    status_as_of="Stand: {moment}.",
    status_subtitle="Für Betreiber: gestörte Feeds, zurückgehaltene oder gesperrte Quellen, und wann es vorbei ist.",
    states={
        Health.DEAD: "Feed erloschen",
        Health.FAILING: "Feed gestört",
        Health.HELD: "zurückgehalten",
        Health.BLOCKED: "gesperrt",
        Health.WELL: "in Ordnung",
    },
    all_is_well="Alle Quellen sind in Ordnung.",
    in_trouble=("{n} Quelle ist gestört.", "{n} Quellen sind gestört."),
    source="Quelle",
    state="Zustand",
    last_poll="Letzter Abruf",
    last_check="Letzte Prüfung",
    watched="Beobachtet",
    waiting="Wartend",
    checks_a_day="Prüfungen am Tag",
    held="Zurückgehalten",
    blocked="Gesperrt",
    never="nie",
    more_sources=("{n} weitere Quelle steht in status.json.", "{n} weitere Quellen stehen in status.json."),
    requests_today="Anfragen heute",
    requests_at_most="Jeder Server bekommt höchstens {n} Anfragen am Tag (UTC). Die meisten:",
    host="Server",
    requests="Anfragen",
    what_happened="Was geschah",
    nothing_happened="Bisher gab es keine Störung.",
    workers="Arbeiter",
    worker="Arbeiter",
    at_work_since="Am Werk seit",
    checks_done="Prüfungen",
    files_written="Geschriebene Dateien",
    queue="{waiting} Server warten in der Schlange, {visited} werden gerade besucht; "
    "der am längsten fällige wartet seit {late} Sekunden. Von ausgefallenen Arbeitern übernommene Aufträge: {rescued}.",
    since="Seit {since}.",
    over_since="Von {since} bis {until}.",
    trouble_titles={
        Health.DEAD: "Feed erloschen: {source}",
        Health.FAILING: "Feed gestört: {source}",
        Health.HELD: "Zurückgehalten: {source}",
        Health.BLOCKED: "Gesperrt: {source}",
        Health.WELL: "In Ordnung: {source}",
    },
    trouble_texts={
        Health.DEAD: "Der Feed ist endgültig erloschen und wird nicht mehr abgerufen.",
        Health.FAILING: "Der Feed war mehrmals nacheinander gestört; er wird weiter abgerufen.",
        Health.HELD: (
            "Binnen einer Stunde waren so viele Artikel geändert oder gestört, dass nichts gemeldet wird, "
            "bis es bestätigt ist."
        ),
        Health.BLOCKED: "Die meisten Artikel der Quelle können nicht mehr angesehen werden.",
        Health.WELL: "Alles ist in Ordnung.",
    },
    over_title="Wieder in Ordnung: {source}",
    over_text="Dies ist seit {moment} vorbei: {text}",
    # what this is
    about_title="Über diese Seiten",
    about_headings=(
        "Was das ist",
        "Wie eine Änderung gefunden wird",
        "Wie sicher sie ist",
        "Wann sie geschah",
        "Wem die Worte gehören",
    ),
    about_texts=(
        (
            "{site} sieht veröffentlichte Artikel immer wieder an, bewahrt jede Version ihres Textes auf und "
            "zeigt, was nach der Veröffentlichung geändert wurde: in einem Feed zu jedem Artikel, in Feeds zu "
            "jedem Medium und auf Seiten, die zwei Versionen nebeneinander stellen. Gesagt wird, was geändert "
            "wurde, nicht warum; die meisten Änderungen sind gewöhnliche Arbeit einer Redaktion. Die "
            "Seiten setzen keine Cookies und laden nichts von anderswo."
        ),
        (
            "Die Feeds der Medien nennen ihre Artikel. Jeder Artikel wird dann wieder abgerufen: bald, "
            "nachdem er gefunden wurde, und immer seltener, solange sich nichts ändert. Verglichen werden nur die "
            "Worte von Überschrift, Vorspann und Text. Menüs, Listen anderer Artikel, Werbung und Zähler bleiben "
            "außen vor."
        ),
        (
            "Einem Text, der plötzlich schrumpft, zur Anmeldeseite wird oder hin und her wechselt, wird nicht "
            "sofort geglaubt; er wird Stunden später noch einmal angesehen. Fehler kommen trotzdem vor: Wo einer "
            "gefunden wird, wird die Version zurückgezogen, und die Seite sagt es."
        ),
        (
            "Zwischen zwei Blicken sieht niemand hin. Darum wird die Zeit einer Änderung durch die beiden Blicke "
            "angegeben, zwischen denen sie geschah. Version 0 ist der Artikel, wie er hier zuerst gesehen wurde; "
            "vorher kann er schon geändert worden sein. Eine Seite wird geschrieben, wenn sich etwas ändert, und sonst "
            "mit der ersten Prüfung eines Tages; ihr Artikel kann seither geprüft worden sein."
        ),
        (
            "Die Texte gehören ihren Verlagen und werden hier zitiert, um ihre Änderungen zu belegen. Jede Seite "
            "führt zum Artikel an seiner Quelle."
        ),
    ),
    grades_title="Was die Wörter für eine Änderung bedeuten",
    grade_meanings={
        Grade.CORRECTION: "Ein Hinweis kam hinzu, in dem das Medium den Artikel berichtigt oder ergänzt.",
        Grade.HEADLINE: "Die Überschrift lautet anders.",
        Grade.FIGURES: "Eine Zahl, ein Betrag, ein Anteil oder ein Datum wurde geändert, hinzugefügt oder entfernt.",
        Grade.NEGATION: "Ein Wort wie „nicht“ oder „nie“ kam hinzu oder fiel weg.",
        Grade.QUESTION: "Aus einem Satz wurde eine Frage oder aus einer Frage ein Satz.",
        Grade.QUOTES: "Worte in Anführungszeichen kamen hinzu, fielen weg oder wurden geändert.",
        Grade.NAMES: "Der Name einer Person, eines Ortes oder einer Organisation kam hinzu oder fiel weg.",
        Grade.STANDFIRST: "Der Vorspann lautet anders.",
        Grade.REMOVED: "Ganze Absätze sind weg.",
        Grade.ADDED: "Ganze Absätze sind neu.",
        Grade.MOVED: "Absätze stehen an anderer Stelle.",
        Grade.WORDING: "Sätze wurden umformuliert.",
        Grade.TYPOGRAPHIC: "Nur Leerzeichen, Großschreibung, Anführungszeichen oder Rechtschreibung sind anders.",
        Grade.SILENT: "Weder das Änderungsdatum des Artikels noch ein Hinweis in ihm erwähnt die Änderung.",
    },
    hidden_because="Grund: {reason}",
    excerpt_note="Von diesem Medium wird nur gezeigt, was geändert wurde, mit den Sätzen darum herum.",
    # around the versions of an article
    timeline="Zeitleiste",
    checks=("{n} Prüfung", "{n} Prüfungen"),
    timeline_text="{checks} von {start} bis {end}; {changes}.",
    timeline_unchanged="{checks} von {start} bis {end}, immer mit demselben Text.",
    looks_within="Prüfungen {parts}.",
    look_within="binnen {span}: {n}",
    changed_by="Version {n}, {moment}: {added}, {removed}",
    ticks={"hour": "1 Stunde", "day": "1 Tag", "week": "1 Woche", "month": "1 Monat", "year": "1 Jahr"},
    quoted="Namen bei Zitaten",
    through="Im Lauf der Versionen",
    in_versions=("Version {n}", "Versionen {n}"),
    headlines="Überschriften",
    figures_moved="Zahlen",
    origins="Woher jeder Satz stammt",
    origins_text="Der neueste Text, jeder Satz mit der Version, in der er hinzukam. Entfernte Sätze stehen "
    "durchgestrichen da, wo sie standen.",
    from_version="seit Version {n}",
    reworded_in="seit Version {n}, in Version {again} umformuliert",
    origins_link="Woher jeder Satz stammt und was entfernt wurde",
    removed_in="aus Version {n}, in Version {gone} entfernt",
    # any two versions
    compare_title="Zwei Versionen vergleichen",
    compare_ask="Auf der Seite eines Artikels, der sich mehr als einmal geändert hat, lassen sich je zwei "
    "seiner Versionen vergleichen.",
    compare_needs_script="Beliebige zwei Versionen vergleicht ein Skript in Ihrem Browser. "
    "Ohne Skripte führt die Seite eines Artikels zu jeder seiner Änderungen und von der ersten Version zur letzten.",
    compare_missing="Diese Versionen gibt es hier nicht.",
    compare_from="Version",
    compare_to="mit Version",
    compare_button="Vergleichen",
    previous_change="Vorige Änderung",
    keys="Tasten: J zur nächsten Änderung, K zur vorigen.",
    keys_beside="← und → zum Vergleich davor und danach.",
)
