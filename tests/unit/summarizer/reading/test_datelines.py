"""Where copy comes from and who signs it is trimmed; names in brackets inside news stay."""

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
def test_names_in_news_are_no_datelines(sentence: str) -> None:
    assert removed(f"{sentence}\n\n{NEWS['en']}", "en") == []


@pytest.mark.parametrize(
    "signature",
    [
        "(AFP)", "(Reuters)", "– PTI", "-AFP", "—AP", "PA Media", "AP/Reuters", "dpa/ak", "(ANI).", "(END)", "ENDS", "-30-",
        "###",
        "(with inputs from PTI)", "(Reporting by Ada Low; Editing by Ben Pike)",
        "Reporting by Ada Low. Editing by Ben Pike.",
    ],
)  # fmt: skip
def test_what_signs_a_sentence_is_trimmed_from_it(signature: str) -> None:
    text = f"{NEWS['en']}\n\nAda Marsh resigned on Monday. {signature}"
    cleaned = clean(Article(text), "en")
    assert [text[start:end] for start, end in cleaned.blocks] == [NEWS["en"], "Ada Marsh resigned on Monday."]
    assert {kind for kind, *_ in cleaned.removed} == {"credit"}


def test_a_dateline_may_have_a_line_of_its_own() -> None:
    text = f"KELLING, Jan 12 (Reuters) -\n\n{NEWS['en']}"
    assert removed(text, "en") == [("dateline", "KELLING, Jan 12 (Reuters) -")]
