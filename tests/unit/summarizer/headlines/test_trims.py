"""French, German, Spanish and Portuguese sentences lose what is safe to lose, and other languages nothing."""

import pytest

from nutgraf.summarizer.headlines.trims import trim

CASES = [
    ("fr", "Deux personnes ont été blessées mardi dans un incendie à Alder, selon la police.", "Deux personnes blessées dans un incendie à Alder"),
    ("fr", "La mairie a fermé le pont (construit en 1961) après une inspection.", "La mairie a fermé le pont"),
    ("fr", "Le port pourrait fermer en juin, a déclaré le maire dimanche.", "Le port pourrait fermer en juin, a déclaré le maire"),
    ("fr", "Après trois jours de débats, le conseil a adopté le budget.", "Le conseil a adopté le budget"),
    ("fr", "Ada Quill, ancienne institutrice, est morte dans la nuit à Alder.", "Ada Quill est morte dans la nuit à Alder"),
    ("de", "Die Brücke ist seit Montag gesperrt, teilte die Polizei mit.", "Die Brücke ist seit Montag gesperrt"),
    ("de", "Der Hafen wird im Juni schließen, sagte der Bürgermeister.", "Der Hafen wird im Juni schließen, sagte der Bürgermeister"),
    ("de", "Die Stadt hat die Brücke am Dienstag gesperrt (siehe Karte).", "Die Stadt hat die Brücke gesperrt"),
    ("es", "Dos personas han sido rescatadas en el puerto, según la policía.", "Dos personas rescatadas en el puerto"),
    ("es", "El puerto podría cerrar en junio, dijo el alcalde.", "El puerto podría cerrar en junio, dijo el alcalde"),
    ("es", "Tras tres días de debate, el consejo aprobó el presupuesto.", "El consejo aprobó el presupuesto"),
    ("pt", "Duas pessoas foram resgatadas no porto, segundo a polícia.", "Duas pessoas resgatadas no porto"),
    ("pt", "O porto poderia fechar em junho, disse o prefeito.", "O porto poderia fechar em junho, disse o prefeito"),
    ("pt", "Após três dias de debate, o conselho aprovou o orçamento.", "O conselho aprovou o orçamento"),
    ("sv", "Bron stängdes i går.", "Bron stängdes i går"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "headline"), CASES)
def test_trimmed(language: str, sentence: str, headline: str) -> None:
    assert headline in trim(sentence, language)[0]


@pytest.mark.parametrize(
    ("language", "sentence", "words"),
    [
        ("fr", "Le port n'a pas fermé dans la nuit, selon la police.", "n'a pas"),
        ("fr", "Le maire aurait volé la caisse, selon la police.", "selon la police"),
        ("de", "Der Mann soll das Boot gestohlen haben, sagte die Polizei.", "sagte die Polizei"),
        ("es", "El puerto no ha cerrado la sala durante la noche.", "no"),
        ("es", "El presunto ladrón ha dejado el puerto, según la policía.", "según la policía"),
        ("pt", "O suposto ladrão foi preso no porto, segundo a polícia.", "segundo a polícia"),
    ],
)
def test_a_negation_or_claim_is_kept_whole(language: str, sentence: str, words: str) -> None:
    assert all(words in clause for clause in trim(sentence, language)[0])


@pytest.mark.parametrize(
    ("language", "sentence"), [("fr", "Nous avons gagné."), ("fr", "Qui paie ?"), ("fr", 'Il a dit "oui.')]
)
def test_no_headline_of_a_question_a_broken_quotation_or_our_own_words(language: str, sentence: str) -> None:
    assert trim(sentence, language) == ([], [])


def test_a_french_label_is_a_noun_and_what_hangs_on_it() -> None:
    assert "Démission du maire d'Alder" in trim("La démission du maire d'Alder a surpris la ville.", "fr")[1]
