"""Datelines and sign-offs are trimmed from sentences; names in brackets within news stay."""

import pytest

from nutgraf.summarizer import Article
from nutgraf.summarizer.reading.boilerplate import clean

NEWS = {
    "en": "The bridge will close for eleven weeks, the council said.",
    "hi": "पुल ग्यारह सप्ताह बंद रहेगा, शहर ने कहा।",
    "ar": "سيغلق الجسر أحد عشر أسبوعا.",
    "ru": "Мост закроют на одиннадцать недель.",
    "zh": "大桥将关闭十一周。",
}


def removed(text: str, language: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for kind, start, end in clean(Article(text), language).removed]


@pytest.mark.parametrize(
    ("language", "dateline"),
    [
        ("en", "KELLING, Jan 12 (Reuters) - "),
        ("en", "KELLING, England (AP) — "),
        ("en", "Kelling (CNN) -- "),
        ("en", "Kelling (CNN Business)"),
        ("en", "NEW YORK, March 20 - "),
        ("en", "BEIJING, Jan. 12 (Xinhua) -- "),
        ("en", "NEW DELHI: "),
        ("en", "New Delhi, Jan 12 (PTI) "),
        ("en", "MOSCOW, January 12. /TASS/. "),
        ("en", "KELLING, England--(BUSINESS WIRE)--"),
        ("en", "KELLING, Jan. 12, 2027 (GLOBE NEWSWIRE) -- "),
        ("en", "KELLING, England, Jan 12, 2027 /PRNewswire/ -- "),
        ("en", "(ANSA) - KELLING, JAN 12 - "),
        ("de", "Kelling/Berlin (dpa/lno) – "),
        ("de", "KELLING. "),
        ("de", "Kelling – "),
        ("fr", "PARIS, 12 janvier (AFP) - "),
        ("es", "Kelling, 12 ene (EFE).- "),
        ("pt", "Lisboa, 12 jan 2027 (Lusa) – "),
        ("pt", "SÃO PAULO, SP (FOLHAPRESS) - "),
        ("it", "(ANSA) - ROMA, 12 GEN - "),
        ("ru", "МОСКВА, 12 января. /ТАСС/. "),
        ("ru", "Москва. 12 января. INTERFAX.RU - "),
        ("vi", "Hà Nội (TTXVN) – "),
        ("ar", "القاهرة 12 يناير (رويترز) - "),
        ("hi", "नई दिल्ली, 12 जनवरी (भाषा) "),
        ("zh", "新华社北京1月12日电 "),
    ],
)
def test_datelines_of_agencies(language: str, dateline: str) -> None:
    news = NEWS.get(language, NEWS["en"])
    assert removed(f"{dateline}{news}\n\n{news}", language) == [("dateline", dateline.strip())]


@pytest.mark.parametrize("place", ["London", "New York", "Washington D.C.", "Alder, Scotland", "Kelling, New Zealand"])
@pytest.mark.parametrize("sentence", [NEWS["en"], "In a gorge, nine hikers were found.", "Former mayor Ada Low resigned."])
def test_a_dateline_that_lost_its_mark(place: str, sentence: str) -> None:
    """ "London The bridge will close" opened summaries."""
    assert removed(f"{place} {sentence}", "en") == [("dateline", place)]
    assert removed(f"{place} (CNN) {sentence}", "en") == [("dateline", f"{place} (CNN)")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Cairo Egypt's highest court has closed the bridge.",
        "Mexico City Mexico's president has opened the bridge.",
        "Washington President Ada Low has opened the bridge.",
        "Phuket, Thailand Thai police have closed the bridge.",
    ],
)
def test_a_dateline_before_the_name_of_its_nation(sentence: str) -> None:
    place = next(place for place in ("Cairo", "Mexico City", "Washington", "Phuket, Thailand") if sentence.startswith(place))
    assert removed(sentence, "en") == [("dateline", place)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Alder The bridge is the name of a new novel.",
        "Vitamin A is in many of the meals of the hospital.",
        "London Mayor Ada Low resigned on Monday.",
        "Paris, Rome, Lisbon The tour goes on.",
        "London is in the dark on Monday.",
    ],
)
def test_names_before_a_capital_are_not_datelines(sentence: str) -> None:
    assert removed(f"{sentence}\n\n{NEWS['en']}", "en") == []


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("Kabul, Afghanistan", "Gunmen have closed the bridge."),
        ("Johannesburg, South Africa", "Ada Marsh opened the new bridge over the harbour."),
        ("Skerry, Scotland", "Ferry crews went on strike. Nobody in Skerry was surprised."),
        ("KELLING, England", "Ferry crews have gone on strike."),
        ("LONDON", "Ferry crews have gone on strike."),
        ("Los Angeles", "Chris Marsh has opened the bridge. Marsh is the mayor."),
        ("London", "Kate Marsh's bridge is shut. It was Marsh who built it."),
        ("London", "Zuzka Marsh's bridge is shut. It was Marsh who built it. Nobody sued Marsh."),
        ("Philadelphia", "Protesters have closed the bridge."),
        ("Washington", "Russia has closed the bridge."),
        ("Tokyo", "Prime Minister Ada Marsh has opened the bridge."),
        ("Washington", "CIA-funded boats have reached the bridge."),
        ("Pretoria", "Oscar Marsh -- the builder of the bridge -- sold it. Nobody knew why Marsh did so."),
        ("London", "Zuzka Marsh's bridge is shut. It was Zuzka who built it. Nobody sued Zuzka."),
        ("London", "Kate Ann Marsh's bridge is shut. It was Marsh who built it."),
    ],
)
def test_a_dateline_without_a_mark_before_a_name_or_noun(place: str, sentence: str) -> None:
    assert removed(f"{place} {sentence}", "en") == [("dateline", place)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Paris Marsh was arrested. Marsh stayed in Paris.",
        "Sydney Ann Marsh was arrested. Marsh stayed in Sydney.",
        "Washington Post reporters won a prize.",
        "New York City officials closed the bridge.",
        "New York Gov. Chris Marsh closed the bridge. Marsh has resigned.",
        "New York Democrat Ada Marsh closed the bridge. Marsh has resigned.",
        "Los Angeles Lakers fans closed the bridge.",
        "Chicago Bears players saw two bears on the bridge.",
        "Houston, Texas authorities closed the bridge.",
        "Houston, Texas Mayor Ada Marsh closed the bridge in Houston.",
        "Alder, Texas Instruments report higher profits.",
        "Marsh, Jordan Low and Noah Pike have closed the bridge.",
        "Russia, Ukraine Leaders have met on the bridge.",
        "London Chris Marsh has the name of a city.",
        "London Harbour Pilots, the oldest in the country, went on strike. Pilots said so.",
        "London Ontario police have closed the bridge in London.",
        "London Zuzka Marsh closed the bridge. It was Zuzka Bell who built it, and with Zuzka Pike she sold it.",
        "Los Angeles-based pilots closed the bridge.",
    ],
)
def test_a_place_that_begins_a_name_is_not_a_dateline(sentence: str) -> None:
    assert removed(f"{sentence}\n\n{NEWS['en']}", "en") == []


def test_a_headline_before_its_text_has_no_dateline() -> None:
    text = "Alder, Israel Exchange Harbour Pilots The pilots in Alder will change places, the council said."
    assert removed(f"{text}\n\n{NEWS['en']}", "en") == []


def test_a_headline_that_begins_with_a_city_has_no_dateline() -> None:
    assert removed(f"London In the Dark\n\n{NEWS['en']}", "en") == [("headline", "London In the Dark")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Andhra Pradesh (AP) Chief Minister Ada Low resigned on Monday.",
        "The Palestinian Authority (PA) President spoke on Monday.",
        "Ben Pike - the mayor - said he would wait.",
        "On Monday, May 4 - The Day of the Vote - nobody spoke.",
        "NATO: The alliance said that it would wait.",
        "Reuters reported on Monday that the bridge will close.",
    ],
)
def test_names_in_news_are_not_datelines(sentence: str) -> None:
    assert removed(f"{sentence}\n\n{NEWS['en']}", "en") == []


@pytest.mark.parametrize(
    "sign_off",
    [
        "(AFP)", "(Reuters)", "– PTI", "-AFP", "—AP", "PA Media", "AP/Reuters", "dpa/ak", "(ANI).", "(END)", "ENDS", "-30-",
        "###",
        "(with inputs from PTI)", "(Reporting by Ada Low; Editing by Ben Pike)",
        "Reporting by Ada Low. Editing by Ben Pike.",
    ],
)  # fmt: skip
def test_sign_offs_are_trimmed_from_sentences(sign_off: str) -> None:
    text = f"{NEWS['en']}\n\nAda Marsh resigned on Monday. {sign_off}"
    cleaned = clean(Article(text), "en")
    assert [text[start:end] for start, end in cleaned.blocks] == [NEWS["en"], "Ada Marsh resigned on Monday."]
    assert {kind for kind, *_ in cleaned.removed} == {"credit"}


def test_a_dateline_may_have_a_line_of_its_own() -> None:
    text = f"KELLING, Jan 12 (Reuters) -\n\n{NEWS['en']}"
    assert removed(text, "en") == [("dateline", "KELLING, Jan 12 (Reuters) -")]


@pytest.mark.parametrize("dateline", ["KELLING —", "SOUTH KELLING —", "BOSTON —", "KELLING, Norfolk —", "BOSTON --"])
def test_a_dateline_may_stand_behind_a_blurb(dateline: str) -> None:
    """ "BELLINGHAM — The voice on the phone was a miracle" was quoted with its dateline."""
    blurb = "Pilots of the bridge have gone on strike over their pay, the council said on Monday."
    text = f"{blurb}\n\n{dateline} {NEWS['en']} It is the oldest in South Kelling."
    assert removed(text, "en") == [("dateline", dateline)]


@pytest.mark.parametrize("label", ["ADVICE —", "KELLING-BASED —", "NEWS — Alder —", "KELLING"])
def test_other_words_in_capitals_behind_a_blurb_are_no_dateline(label: str) -> None:
    blurb = "Pilots of the bridge have gone on strike over their pay, the council said on Monday."
    assert removed(f"{blurb}\n\n{label} {NEWS['en']} It is the oldest in South Kelling.", "en") == []


def test_the_dash_of_a_lost_place_is_trimmed_from_the_first_paragraph() -> None:
    assert removed(f"— {NEWS['en']}\n\n{NEWS['en']}", "en") == [("dateline", "—")]


def test_the_dash_of_speech_and_the_names_of_speakers_stay() -> None:
    assert removed(f"— The bridge is shut — said the council.\n\n{NEWS['en']}", "en") == []
    interview = "ADA MARSH — The bridge is shut.\n\nBEN PIKE — Nobody told me.\n\nADA MARSH — It was on Monday."
    text = f"Ada Marsh and Ben Pike of Alder council spoke.\n\n{interview}\n\nBEN PIKE — Ada Marsh knows, and Ben Pike does."
    assert removed(text, "en") == []
