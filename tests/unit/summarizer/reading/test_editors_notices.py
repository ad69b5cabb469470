"""Notices to editors are never quoted: a kill withholds the article, and a correction gives a warning."""

import pytest

from nutgraf.summarizer import Article, NoUsableTextError, summarize

NEWS = "The council approved the repairs on Tuesday by nine votes to four. Ferries will carry passengers every ten minutes."
KILLS = {
    "en": "EDITORS: Please kill the story slugged FERRY. It was sent in error.",
    "de": "ACHTUNG REDAKTIONEN: Bitte die Meldung FÄHRE nicht verwenden.",
    "fr": "À l'attention des rédactions : merci d'annuler la dépêche BAC.",
    "es": "AVISO A LOS CLIENTES: Anulen la noticia sobre el puente.",
    "pt": "Nota aos editores: não usem a reportagem sobre a ponte.",
}


def codes(*articles: Article) -> dict[str, int | None]:
    return {notice.code: notice.article for notice in summarize(articles).warnings}


@pytest.mark.parametrize("language", KILLS)
def test_a_kill_notice_withholds_the_article(language: str) -> None:
    killed = Article(f"{KILLS[language]}\n\nThe ferry sank on Monday and nine people died, police said.", language=language)
    summary = summarize([Article(NEWS, language="en"), killed])
    assert {each.sentence.article for each in summary.summary.sentences} == {0}
    assert {headline.article for headline in summary.headlines} <= {0}
    assert ("kill-notice", 1) in {(notice.code, notice.article) for notice in summary.warnings}
    with pytest.raises(NoUsableTextError, match="withheld"):
        summarize([killed])


@pytest.mark.parametrize("title", ["Kill switch found in ferry", "KILL SWITCH FOUND IN FERRY", "Council withholds report"])
def test_news_about_killing_does_not_withhold_the_article(title: str) -> None:
    assert "kill-notice" not in codes(Article(f"{title}\n\n{NEWS}", language="en"))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "CORRECTION: The name of the council leader is Marsh, not Marsch."),
        ("en", "This article was amended on 4 May 2026. An earlier version said that the bridge closes on 5 May."),
        ("en", "(Corrects spelling of Marsh in fifth paragraph)"),
        ("en", "(This May 4 story has been corrected to fix the number of votes in paragraph 2)"),
        ("de", "In einer früheren Version hieß es, die Brücke schließe am 5. Mai."),
        ("fr", "Cet article a été corrigé : une version précédente parlait de 40 fissures."),
        ("es", "Este artículo fue corregido para dar el nombre de la alcaldesa."),
    ],
)
def test_a_correction_warns_and_is_not_quoted(language: str, line: str) -> None:
    article = Article(f"{line}\n\n{NEWS}", language=language)
    summary = summarize([article])
    assert "correction" in {notice.code for notice in summary.warnings}
    assert line not in summary.summary.text
    assert summary.articles[0].removed[0].kind == "correction"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(Adds details from council, background, paragraphs 3-6)", "notice"),
        ("EDITOR'S NOTE: This story is part of a series on the coast.", "notice"),
        ("EMBARGOED UNTIL 00.01 TUESDAY 5 MAY", "embargo"),
        ("FOR IMMEDIATE RELEASE", "embargo"),
        ("URGENT", "slug"),
        ("BC-EU--Trade, 1st Ld-Writethru, 480", "slug"),
        ("BRIDGE-CLOSURE/ALDER (UPDATE 2)", "slug"),
        ("((PKG))", "slug"),
        ("3 min read", "slug"),
        ("By Ada Low, Transport Correspondent", "byline"),
        ("Last updated: 10:42 GMT, 4 May 2026", "dateline"),
    ],
)
def test_a_headline_may_follow_a_line_that_is_not_a_headline(line: str, kind: str) -> None:
    summary = summarize([Article(f"{line}\n\nHarbour bridge closes for weeks\n\n{NEWS}", language="en")])
    assert [each.kind for each in summary.articles[0].removed] == [kind, "headline"]
    assert summary.headlines[0].text == "Harbour bridge closes for weeks"


def test_a_warning_says_that_much_was_removed() -> None:
    promotion = "Sign up for our morning newsletter.\n\nFollow us on Twitter and Facebook.\n\nRead more: Ferry timetable"
    assert "much-removed" in codes(Article(f"{NEWS}\n\n{promotion}", language="en"))
    assert "much-removed" not in codes(Article(f"Harbour bridge closes\n\n{NEWS}", language="en"))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Hinweis: Die Polizei bittet um Hilfe."),
        ("de", "Achtung: Die Brücke bleibt gesperrt."),
        ("de", "Hinweise an die Polizei unter Telefon 110: Die Ermittler suchen Zeugen."),
        ("en", "Attention: Police ask for help."),
        ("es", "Atención: La policía pide ayuda."),
        ("pt", "Atenção: A polícia pede ajuda."),
        ("it", "Attenzione: La polizia chiede aiuto."),
        ("fr", "Attention : la police demande de l'aide."),
        ("nl", "Let op: De politie vraagt om hulp."),
    ],
)
def test_a_note_to_readers_is_news(language: str, line: str) -> None:
    """A label alone made a whole sentence a notice to editors."""
    article = Article(f"{NEWS}\n\n{line}", language=language)
    summary = summarize([article])
    assert summary.articles[0].removed == ()
    assert summary.articles[0].sentences >= 3


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Hinweis an die Redaktionen: Bitte beachten Sie die Sperrfrist."),
        ("de", "Achtung: Diese Meldung bitte nicht verwenden."),
        ("es", "Atención: Anulen la noticia sobre el puente."),
        ("pt", "Atenção: Não publiquem a reportagem sobre a ponte."),
    ],
)
def test_a_note_to_editors_is_a_notice(language: str, line: str) -> None:
    summary = summarize([Article(NEWS, language="en"), Article(f"{NEWS}\n\n{line}", language=language)])
    assert [each.kind for each in summary.articles[1].removed] == ["notice"]


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "Helga Moss in Skerry"), ("de", "Helga Moss aus Skerry"), ("fr", "Helga Moss à Skerry")],
)
def test_a_byline_without_by_is_not_a_headline(language: str, line: str) -> None:
    article = summarize([Article(f"{line}\n\n{NEWS}", language=language)]).articles[0]
    assert [each.kind for each in article.removed] == ["byline"]


@pytest.mark.parametrize("headline", ["Council Vote in Skerry", "Ada Marsh in Skerry"])
def test_a_headline_whose_words_the_text_repeats_is_not_a_byline(headline: str) -> None:
    article = summarize([Article(f"{headline}\n\n{NEWS} Ada Marsh was there.", language="en")]).articles[0]
    assert [each.kind for each in article.removed] == ["headline"]


@pytest.mark.parametrize(
    ("notice", "language"),
    [
        ("***KILLED***", "en"),
        ("*** DO NOT USE - STORY KILLED ***", "en"),
        ("PA KILL: please kill Ferry copy sent at 10.15", "en"),
        ("STORY REMOVED: BC-Ferry-Sinks", "en"),
        ("WITHDRAWN: BC-FERRY", "en"),
        ("Urgent: A kill is mandatory.", "en"),
        ("LEGAL WARNING: Do not publish this story", "en"),
        ("This story has been withdrawn.", "en"),
        (
            'The March 3 Port Alder story headlined "Ferry sinks" is wrong and is withdrawn. There will be no substitute.',
            "en",
        ),
        ("ZURÜCKGEZOGEN", "de"),
        ("+++ Bitte nicht verwenden +++", "de"),
        ("Die dpa zieht die Meldung über die Fähre zurück.", "de"),
        ("ANNULE ET SUPPRIME", "fr"),
        ("Cette dépêche est annulée.", "fr"),
        ('Rogamos anulen la noticia "Ferry hundido".', "es"),
        ("Esta noticia ha sido anulada.", "es"),
        ("A Lusa anula a notícia sobre o navio.", "pt"),
    ],
)
def test_each_form_of_a_kill_withholds_the_article(notice: str, language: str) -> None:
    with pytest.raises(NoUsableTextError, match="withheld"):
        summarize([Article(f"{notice}\n\n{NEWS}", language=language)])


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("The tsunami alert for the north coast is withdrawn, the agency said.", "en"),
        ("This article was retracted by the journal on Wednesday after an outcry.", "en"),
        ("A kill is mandatory in the hunt, guides say.", "en"),
        ("KILLED: Journalist Ada Marsh is the fifth to die", "en"),
        ("WITHDRAWN: Ferry plan is dropped after protests", "en"),
        ("DO NOT USE tap water, city tells residents", "en"),
        ("SHARK KILL: Surfer dies off Alder", "en"),
        ("GESTRICHEN: Diese Flüge fallen heute aus", "de"),
        ("Cette information est annulée par le tribunal, dit le maire.", "fr"),
        ("Rogamos no publiquen mi nombre, dijo la testigo.", "es"),
        ("A agência reguladora anula a licitação da ponte e abre inquérito.", "pt"),
    ],
)
def test_news_about_withdrawals_does_not_withhold_the_article(line: str, language: str) -> None:
    assert "kill-notice" not in codes(Article(f"{line}\n\n{NEWS}", language=language))
