"""Français : les pages du site entier."""

from __future__ import annotations

from feedwatch.model import Grade
from feedwatch.showing.health import Health
from feedwatch.showing.phrases import PagePhrases

PAGES = PagePhrases(
    # feeds of a source and of the site
    mirror_title="{source} : articles",
    mirror_subtitle="Les articles de {source} au fil de leur découverte, chacun avec le chemin vers ses modifications.",
    mirror_changes="Modifications de cet article",
    daily_title="{name} : jour après jour",
    daily_subtitle="Une entrée par jour, avec tout ce qui a été modifié ce jour-là.",
    daily_entry="{date} : {changes}",
    # how the watching goes
    status_title="État",
    status_as_of="Situation : {moment}.",
    status_subtitle="Pour l’exploitant : flux en panne, sources retenues ou bloquées, et retours à la normale.",
    states={
        Health.DEAD: "flux disparu",
        Health.FAILING: "flux en panne",
        Health.HELD: "retenue",
        Health.BLOCKED: "bloquée",
        Health.WELL: "en ordre",
    },
    all_is_well="Toutes les sources sont en ordre.",
    in_trouble=("{n} source a un problème.", "{n} sources ont un problème."),
    source="Source",
    state="État",
    last_poll="Dernière lecture",
    last_check="Dernier contrôle",
    watched="Suivis",
    waiting="En attente",
    checks_a_day="Contrôles par jour",
    held="Retenus",
    blocked="Bloqués",
    never="jamais",
    more_sources=("{n} autre source est dans status.json.", "{n} autres sources sont dans status.json."),
    requests_today="Requêtes du jour",
    requests_at_most="Chaque serveur reçoit au plus {n} requêtes par jour (UTC). Les plus sollicités :",
    host="Serveur",
    requests="Requêtes",
    what_happened="Ce qui s’est passé",
    nothing_happened="Aucun problème jusqu’ici.",
    workers="Processus",
    worker="Processus",
    at_work_since="Au travail depuis",
    checks_done="Contrôles faits",
    files_written="Fichiers écrits",
    queue="{waiting} serveurs attendent dans la file, {visited} sont visités en ce moment ; "
    "le plus en retard attend depuis {late} secondes. Tâches reprises à des processus disparus : {rescued}.",
    since="Depuis le {since}.",
    over_since="Du {since} au {until}.",
    trouble_titles={
        Health.DEAD: "Flux disparu : {source}",
        Health.FAILING: "Flux en panne : {source}",
        Health.HELD: "Retenue : {source}",
        Health.BLOCKED: "Bloquée : {source}",
        Health.WELL: "En ordre : {source}",
    },
    trouble_texts={
        Health.DEAD: "Le flux a disparu pour de bon et n’est plus lu.",
        Health.FAILING: "Le flux a échoué plusieurs fois de suite ; la lecture continue.",
        Health.HELD: (
            "Tant d’articles ont changé ou échoué en une heure que rien n’est annoncé avant d’être confirmé."
        ),
        Health.BLOCKED: "La plupart des articles de la source ne peuvent plus être consultés.",
        Health.WELL: "Tout est en ordre.",
    },
    over_title="Retour à la normale : {source}",
    over_text="Terminé depuis le {moment} : {text}",
    # what this is
    about_title="À propos de ces pages",
    about_headings=(
        "Ce que c’est",
        "Comment une modification est trouvée",
        "À quel point c’est sûr",
        "Quand cela s’est passé",
        "À qui sont ces mots",
    ),
    about_texts=(
        (
            "{site} relit sans cesse les articles publiés, garde chaque version de leur texte et montre ce qui a "
            "été modifié après la publication : dans un flux par article, dans des flux par média et sur des "
            "pages qui mettent deux versions côte à côte. On y lit ce qui a changé, pas pourquoi ; la plupart des"
            " modifications sont le travail ordinaire d’une rédaction. Les pages ne déposent aucun "
            "cookie et ne chargent rien d’ailleurs."
        ),
        (
            "Les flux des médias nomment leurs articles. Chaque article est ensuite relu : peu après sa "
            "découverte, puis de plus en plus rarement tant que rien ne change. Seuls les mots du titre, du "
            "chapeau et du texte sont comparés. Menus, listes d’autres articles, publicités et compteurs sont "
            "laissés de côté."
        ),
        (
            "Un texte qui rétrécit soudain, devient une page de connexion ou va et vient n’est pas cru tout de "
            "suite : il est relu des heures plus tard. Des erreurs arrivent malgré tout ; quand on en trouve une,"
            " la version est retirée et la page le dit."
        ),
        (
            "Entre deux lectures, personne ne regarde. Le moment d’une modification est donc donné par les deux "
            "lectures entre lesquelles elle a eu lieu. La version 0 est l’article tel qu’il a d’abord été vu "
            "ici ; il a pu être modifié auparavant. Une page est écrite quand quelque chose change, et sinon à la "
            "première vérification du jour ; son article peut avoir été vérifié depuis."
        ),
        (
            "Les textes appartiennent à leurs éditeurs et sont cités ici pour documenter leurs modifications. "
            "Chaque page mène à l’article à sa source."
        ),
    ),
    grades_title="Ce que veulent dire les mots pour une modification",
    grade_meanings={
        Grade.CORRECTION: "Une note a été ajoutée, où le média corrige ou complète l’article.",
        Grade.HEADLINE: "Le titre a d’autres mots.",
        Grade.FIGURES: "Un nombre, un montant, une part ou une date a été modifié, ajouté ou retiré.",
        Grade.NEGATION: "Un mot comme « ne… pas » ou « jamais » est apparu ou a disparu.",
        Grade.QUESTION: "Une phrase est devenue une question, ou une question une affirmation.",
        Grade.QUOTES: "Des mots entre guillemets sont apparus, ont disparu ou ont été modifiés.",
        Grade.NAMES: "Le nom d’une personne, d’un lieu ou d’une organisation est apparu ou a disparu.",
        Grade.STANDFIRST: "Le chapeau a d’autres mots.",
        Grade.REMOVED: "Des paragraphes entiers ont disparu.",
        Grade.ADDED: "Des paragraphes entiers sont nouveaux.",
        Grade.MOVED: "Des paragraphes ont changé de place.",
        Grade.WORDING: "Des phrases ont été reformulées.",
        Grade.TYPOGRAPHIC: "Seuls des espaces, majuscules, guillemets ou l’orthographe ont changé.",
        Grade.SILENT: "Ni la date de modification de l’article ni une note ne mentionne la modification.",
    },
    hidden_because="Raison : {reason}",
    excerpt_note="De ce média, seul ce qui a été modifié est montré, avec les phrases qui l’entourent.",
    # around the versions of an article
    timeline="Chronologie",
    checks=("{n} contrôle", "{n} contrôles"),
    timeline_text="{checks} entre le {start} et le {end} ; {changes}.",
    timeline_unchanged="{checks} entre le {start} et le {end}, toujours avec le même texte.",
    looks_within="Contrôles {parts}.",
    look_within="en {span} : {n}",
    changed_by="Version {n}, {moment} : {added}, {removed}",
    ticks={"hour": "1 heure", "day": "1 jour", "week": "1 semaine", "month": "1 mois", "year": "1 an"},
    quoted="Noms auprès des citations",
    through="Au fil des versions",
    in_versions=("version {n}", "versions {n}"),
    headlines="Titres",
    figures_moved="Chiffres",
    origins="D’où vient chaque phrase",
    origins_text="Le texte le plus récent, chaque phrase avec la version où elle est apparue. Les phrases retirées "
    "sont barrées, là où elles se trouvaient.",
    from_version="depuis la version {n}",
    reworded_in="depuis la version {n}, reformulé dans la version {again}",
    origins_link="D’où vient chaque phrase, et ce qui a été retiré",
    removed_in="de la version {n}, retirée dans la version {gone}",
    # any two versions
    compare_title="Comparer deux versions",
    compare_ask="La page de chaque article modifié plus d’une fois permet de comparer deux versions quelconques.",
    compare_needs_script="Deux versions quelconques sont comparées dans votre navigateur, par un script. "
    "Sans scripts, la page d’un article mène à chacune de ses modifications, et de sa première version à la dernière.",
    compare_missing="Ces versions n’existent pas ici.",
    compare_from="Comparer la version",
    compare_to="à la version",
    compare_button="Comparer",
    previous_change="Modification précédente",
    keys="Touches : J pour la modification suivante, K pour la précédente.",
    keys_beside="← et → pour les comparaisons voisines.",
)
