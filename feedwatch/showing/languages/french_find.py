"""French: the pages for finding."""

from __future__ import annotations

from feedwatch.showing.find_phrases import FindPhrases

FIND = FindPhrases(
    title="Trouver un article",
    lead="Tapez des mots, ou collez l’adresse d’un article pour obtenir le fil de ses modifications.",
    ask="Des mots ou une adresse",
    where="Chercher dans",
    everywhere="tout",
    names="titres, médias et adresses",
    added="mots ajoutés",
    removed="mots supprimés",
    button="Trouver",
    needs_script="La recherche se fait dans le navigateur, par un script du site. Sans script, parcourez les listes.",
    searching="Recherche …",
    found=("{n} article", "{n} articles"),
    found_newest=("{n} article, les plus récents d’abord", "{n} articles, les plus récents d’abord"),
    nothing="Rien n’a été trouvé. On cherche des mots entiers, ou leur début à partir de quatre lettres.",
    more="Suite",
    narrow="Ces mots sont trop fréquents pour tout montrer ; ajoutez-en un autre.",
    failed="La recherche n’a pas pu être chargée ; réessayez.",
    watched="Cet article est suivi :",
    unwatched="Aucun article de cette adresse n’est suivi ici. Des articles qui lui ressemblent :",
    not_an_address="Ce n’est pas l’adresse d’une page web.",
    formerly="avant : {title}",
    bookmarklet_title="De l’article à ses modifications",
    bookmarklet_text="Glissez ce lien parmi vos favoris. Sur la page d’un article, il mène à ses modifications :",
    bookmarklet="Qu’est-ce qui a changé ici ?",
    browse_title="Parcourir",
    all_sources="Toutes les sources",
    days_title="Jour après jour",
    days_text="Les modifications d’un jour, dans l’ordre où elles ont été trouvées. Les jours commencent à minuit UTC.",
    day_title="Modifications du {date}",
    page="Page {n}",
    most_changed="Les plus modifiés",
    most_changed_text="Les articles qui ont été modifiés le plus souvent.",
    corrections="Corrections",
    removed_title="Retirés et rétablis",
)
