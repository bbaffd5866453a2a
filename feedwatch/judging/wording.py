"""Words that tell, in the languages of news: negations, and the phrases that open a correction note."""

from __future__ import annotations

import re

from feedwatch.judging.fragments import Stretch

_NEGATIONS = {
    "en": "no not never none nobody nothing neither nor without cannot hardly barely nowhere",
    "de": "nicht nichts nie niemals niemand niemanden kein keine keinen keinem keiner keines ohne weder nirgends kaum",
    "fr": "ne n pas jamais rien aucun aucune nul nulle sans ni non guère",
    "es": "no nunca jamás nada nadie ningún ninguno ninguna sin ni tampoco",
    "it": "non no mai niente nulla nessuno nessun nessuna senza né neanche nemmeno",
    "pt": "não nunca jamais nada ninguém nenhum nenhuma sem nem tampouco",
    "nl": "niet niets nooit niemand geen zonder noch nergens",
    "sv": "inte ej aldrig ingen inget inga utan varken",
    "da": "ikke ej aldrig ingen intet uden hverken aldri uten",
    "pl": "nie nigdy nikt nic żaden żadna żadne bez ani",
    "tr": "değil yok hayır asla hiç",
    "ru": "не нет ни никогда ничего никто никого никакой никаких без нельзя",
    "ar": "لا لم لن ليس ليست ليسوا غير دون بدون",
}  # fmt: skip
_EVERYWHERE = frozenset(word for language in ("en", "de", "ru", "ar") for word in _NEGATIONS[language].split())
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_CONTRACTED = re.compile(r"n['\u2019]t$", re.IGNORECASE)
_ELIDED = re.compile(r"^n['\u2019]", re.IGNORECASE)
_CJK = {
    "ja": re.compile("ない|なかった|なく|ません|ませんでした|ず(?=、|に)|否定|不|無|未|非"),
    "zh": re.compile("不|没|沒|无|無|未|非|否|勿|莫"),
}


def negations(text: str, language: str | None) -> list[Stretch]:
    """Where the negating words of a text stand."""
    if language in _CJK:
        return [Stretch(*match.span()) for match in _CJK[language].finditer(text)]
    words = frozenset(_NEGATIONS[language].split()) if language in _NEGATIONS else _EVERYWHERE
    return [Stretch(*match.span()) for match in _WORD.finditer(text) if _negates(match[0].lower(), words, language)]


def _negates(word: str, words: frozenset[str], language: str | None) -> bool:
    if word in words or _CONTRACTED.search(word):
        return True
    return language == "fr" and _ELIDED.match(word) is not None


# ---------------------------------------------------------------------------------------------------------- corrections

# At the beginning of a paragraph, before a colon, a bracket, a dash, a date, or alone.
_LABELS = """
corrected|corrections?|clarifications?|correction and clarification|corrections and clarifications|erratum|errata
|corrigendum|retraction
|korrektur|korrekturhinweis|richtigstellung|berichtigung|klarstellung|gegendarstellung
|rectificatif|rectification|droit de rectification|mise au point
|fe de errores|fe de erratas|corrección|rectificación|aclaración
|errata corrige|correzione|rettifica|precisazione|erramos|correção|retificação
|correctie|rectificatie|rechtzetting|aanvulling en verbetering|rättelse|rettelse|sprostowanie|korekta|düzeltme
|исправление|поправка|уточнение|опровержение
|訂正|お詫びと訂正|おわびと訂正|訂正とお詫び|更正|更正启事|勘误|勘誤|تصحيح|تصويب|تنويه
"""
# Anywhere in a paragraph.
_PHRASES = r"""
(?:this|the) (?:article|story|report|piece|page|post|headline|item|review|obituary|caption|column|interview|text)
 (?:was|has been|is) (?:amended|corrected|clarified|revised|changed|edited|retracted)
|(?:this|the) (?:article|story|report|piece|post|headline)(?: and (?:its|the) headline)? (?:was|has been|have been
|were)
 (?:updated|changed|altered) (?:\w+ ){0,6}?(?:to correct|to clarify|to reflect|to remove|to make clear|to amend)
|an? (?:earlier|previous|original|prior) version of (?:this|the|our) (?:article|story|report|piece|page|post|headline)
|(?:this|the) (?:article|story|report) (?:originally|previously|initially|incorrectly|wrongly|mistakenly) (?:said
|stated|reported|gave)
|we have corrected|we wrongly (?:said|stated|reported)|^\(?corrects\b|^\(?(?:this is a )?corrected version
|^\(?refiles\b
|in einer (?:früheren|vorherigen|ersten|älteren) (?:version|fassung)|in der ursprünglichen (?:version|fassung)
|(?:haben|wurde|wurden) (?:\w+ ){0,6}(?:korrigiert|berichtigt|richtiggestellt)
|(?:dans )?une (?:version (?:précédente|antérieure)|première version|précédente version) de (?:cet article|ce texte)
|(?:cet article|ce texte) a été (?:corrigé|modifié|rectifié|amendé)|contrairement à ce que nous (?:avons|avions) écrit
|(?:en )?una (?:versión|primera versión) (?:anterior|previa|inicial)|este artículo (?:ha sido|fue) (?:corregido
|modificado|rectificado)
|una (?:versione precedente|precedente versione|prima versione) d(?:i|ell['’])\s?(?:questo )?articolo
|questo articolo è stato (?:corretto|modificato)
|(?:em )?uma versão anterior|est[ae] (?:reportagem|texto|matéria|artigo|notícia) foi (?:corrigid[oa]|alterad[oa])
|in een (?:eerdere|vorige) versie|dit (?:artikel|bericht) is (?:aangepast|gecorrigeerd|gewijzigd)
|i en tidigare version|i en tidligere (?:version|versjon|utgave)|w (?:poprzedniej|pierwotnej) wersji
|в (?:предыдущей|ранней|первоначальной) версии|в (?:статью|текст|материал) внесены (?:исправления|изменения|уточнения)
|訂正しました|修正しました|誤りでした|おわびして訂正|お詫びして訂正|以前の版|当初の記事
|本文已更正|本文(?:较早|較早|早前|此前)版本|(?:此前|早前|较早)(?:的)?版本|特此更正|予以更正
|نسخة سابقة من (?:هذا|هذه)|تم تصحيح|جرى تصحيح|ورد خطأ
"""
# Compiled where the first paragraph is asked about: most passes see no edit.
_CORRECTION = rf"^\W*(?:{_LABELS})\s*(?:[:：\]】)(\u2013\u2014-]|,?\s*\d|$|\|)|{_PHRASES}".replace("\n", "")
_UPDATES = """
update|updated|editor['’]s note|editorial note|aktualisierung|aktualisiert|anm(?:erkung|\\.) der redaktion
|hinweis der redaktion
|mise à jour|note de la rédaction|actualización|nota de(?:l| la) (?:editor|redacción)|aggiornamento
|nota della redazione
|atualização|nota da redação|update|naschrift|noot van de redactie|обновление|обновлено|примечание редакции
|от редакции
|оновлен[оня]+|доповнен[оня]+|uppdatering|tillägg|oppdatering|opdatering|aktualizacj[ai]|uzupełnienie|güncelleme|päivitys
|aktualizace|doplněno|frissítés|kiegészítés|actualizare|ενημέρωση|עדכון|допълнено|ažurirano|dopuna
|posodobljeno|dopolnjeno|pembaruan|cập nhật
|업데이트|更新|追記|編集部注|编者按|編者按|تحديث|ملاحظة المحرر
"""
_UPDATE = rf"^\W*(?:{_UPDATES})\s*(?:[:：\]】)(\u2013\u2014-]|,?\s*\d|$|\|)".replace("\n", "")


def is_correction(paragraph: str) -> bool:
    """Whether a paragraph says that the article was wrong before."""
    return re.search(_CORRECTION, paragraph, re.IGNORECASE) is not None


def is_update_note(paragraph: str) -> bool:
    """Whether a paragraph says that the article was changed, without saying that it was wrong."""
    return re.match(_UPDATE, paragraph, re.IGNORECASE) is not None
