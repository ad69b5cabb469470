"""A sentence is selected with the sentences it needs to be understood, or not at all."""

from collections.abc import Iterable

import pytest

from nutgraf.summarizer.grammar import Tree, TreeCache
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.ranking.readability import MAX_SHORT_PARSED, Readability
from nutgraf.summarizer.reading.cluster import read
from nutgraf.summarizer.reading.discourse import forms
from tests.builders import article

LEDE = "Rescuers pulled nine hikers from a gorge near Alder on Sunday, the mountain service said."
MIDDLE = "Ceija Stojka led the rescue team through the gorge with two dogs and a rope."

TWO_SENTENCES = {
    "en": (LEDE, MIDDLE),
    "de": ("Neun Wanderer wurden am Sonntag in Hale gerettet.", "Bo Berg sprach am Montag mit vier Bergführern."),
    "fr": ("Neuf randonneurs ont été sauvés dimanche à Hale.", "Bo Berg a parlé lundi avec quatre guides de montagne."),
    "es": ("Nueve excursionistas fueron rescatados el domingo en Hale.", "Bo Berg habló el lunes con cuatro guías."),
    "pt": ("Nove pessoas foram resgatadas no domingo em Hale.", "Bo Berg falou na segunda-feira com quatro guias."),
}


def readability(text: str, language: str = "en") -> tuple[Readability, list[Sentence]]:
    cluster = read([article(text, language=language)])
    sentences, languages = list(cluster.sentences), cluster.languages
    trees = TreeCache(sentences, languages)
    return Readability(sentences, cluster.words, forms(sentences, cluster.words, languages), languages, trees), sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Here are six things to know about the gorge.",
        "Read more about the rescue below.",
        "Will the gorge ever be safe for hikers?",
        "Click here to see pictures of the rescue.",
        "- Nine hikers with light injuries were taken to a hospital.",
        "-- Nine hikers with light injuries were taken to a hospital.",
        "and nine of them were taken to a hospital in Alder.",
        "The mountain service named three causes of the accident:",
        "104 - Hikers who were in the gorge on that day.",
        "$2.5 million -- The price of a new bridge over the gorge.",
        "At least 30% - Share of the hikers without a map.",
        "Ada Low had warned Bo Berg (above) of the gorge on Sunday.",
        "A woman waves a flag during a protest at the gorge.",
        "An artist's impression of the new bridge over the gorge.",
        "The mountain service did not respond to a request for comment.",
        "The owner of the hut declined to comment on Sunday.",
        "The number of hikers comes with some caveats.",
        "The court order referred to in this story has been amended.",
        "The rescue had many people talking in Alder.",
        "There is no easy answer to what happened in the gorge.",
        "But there are several reasons why hikers go there.",
        "Two mountain rescuers came to three surprising conclusions.",
        "Alder has seven tips for hikers in winter.",
        "The video of the rescue could not be independently verified.",
        "The following ensued when the mountain service asked for a rope.",
        "Some may wonder whether the gorge will ever be safe again.",
        "'This rope must be replaced at once'.",
        "Which means that the gorge will stay closed for a year.",
        "Where she was treated: Low was flown to the hospital in Alder.",
    ],
)
def test_teasers_questions_and_torn_sentences_are_not_usable(sentence: str) -> None:
    judged, sentences = readability(f"{LEDE}\n\n{sentence}\n\nThe gorge was closed on Monday.")
    for position, each in enumerate(sentences):
        assert judged.usable(position) is (each.text != sentence)


@pytest.mark.parametrize(
    ("language", "without_verb", "with_verb"),
    [
        ("en", "Back to the gorge of Alder, at last.", "Nobody went back to the gorge."),
        ("de", "Zwei Retter des Bergdienstes in Alder.", "Zwei Retter stiegen in die Schlucht."),
        ("fr", "Tension dans la nuit de lundi à Alder.", "La nuit de lundi fut calme à Alder."),
        ("es", "Tensión en la noche del lunes en Alder.", "La noche fue tranquila en Alder."),
        ("pt", "Tensão na noite de segunda em Alder.", "A noite foi calma em Alder."),
    ],
)
def test_a_short_sentence_without_a_verb_is_not_usable(language: str, without_verb: str, with_verb: str) -> None:
    judged, sentences = readability(f"{with_verb}\n\n{without_verb}", language)
    assert {sentence.text: judged.usable(place) for place, sentence in enumerate(sentences)} == {
        with_verb: True,
        without_verb: False,
    }


def test_only_a_few_short_sentences_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of short sentences without a verb once took a millisecond for each of them."""
    parsed: list[int] = []
    whole = TreeCache.of

    def noted(cache: TreeCache, positions: Iterable[int]) -> dict[int, Tree]:
        wanted = [*positions]
        parsed.extend(wanted)
        return whole(cache, wanted)

    monkeypatch.setattr(TreeCache, "of", noted)
    judged, sentences = readability(" ".join(f"Two sailors of Hull {at} in the port of Alder." for at in range(40)))
    usable = [judged.usable(position) for position in range(len(sentences))]
    assert parsed == [*range(MAX_SHORT_PARSED)]
    assert not any(usable[:MAX_SHORT_PARSED])
    assert all(usable[MAX_SHORT_PARSED:])


def test_a_surname_needs_the_sentence_with_the_full_name() -> None:
    judged, _ = readability(f"{LEDE} {MIDDLE} On Monday morning Stojka thanked the volunteers from the village.")
    assert judged.chain(2, (), None) == [1, 2]
    assert judged.chain(2, (0,), 0) == [1, 2]
    assert judged.chain(2, (1,), None) == [2]
    judged, _ = readability(f"{LEDE} {MIDDLE} Volunteers from Skerry thanked Stojka Monday.")
    assert judged.chain(2, (), None) == [1, 2]


@pytest.mark.parametrize(
    "sentence",
    [
        "There are three reasons for the accident: rain, a wet rope and a broken lamp.",
        "There are many reasons for the accident, not the least of which is the rain.",
        "Alder has seven tips for hikers: the first is to carry a lamp.",
        "At 8:30 nine hikers were still in the gorge.",
        "There was an answer from below the waterfall.",
        "The radio said that it has independently verified the letter.",
        "Which of the two ropes broke first is the question of the trial.",
        "'This rope must be replaced at once,' the mountain service said.",
        "Why it matters: The gorge is the only way to the village.",
    ],
)
def test_a_sentence_that_tells_what_it_announces_is_no_teaser(sentence: str) -> None:
    judged, sentences = readability(f"{LEDE}\n\n{sentence}")
    assert judged.usable(len(sentences) - 1)


@pytest.mark.parametrize("name", ["Mr. Stojka", "Stojka", "Dr. Stojka", "Sgt. Stojka"])
def test_an_honorific_does_not_introduce_a_person(name: str) -> None:
    judged, _ = readability(f"{LEDE} {MIDDLE} On Monday {name} thanked the volunteers from the village.")
    assert judged.chain(2, (), None) == [1, 2]


def test_a_title_and_a_surname_introduce_nobody_but_a_title_and_a_full_name_do() -> None:
    """A summary quoted "Dr. Malik" without the sentence that told who he is."""
    judged, _ = readability(f"{LEDE} In Alder, Dr. Low Jun-ho examined hikers. In Skerry, Low praised volunteers.")
    assert judged.chain(2, (), None) == [1, 2]
    judged, _ = readability(f"{LEDE} In Alder, Dr. Low examined hikers. In Skerry, Low praised volunteers.")
    assert judged.chain(2, (), None) == [2]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "À Skerry, M. Berg a remercié les habitants du village."),
        ("es", "En Skerry, la Dra. Berg dio las gracias a los vecinos."),
        ("pt", "Em Skerry, o Sr. Berg agradeceu aos moradores."),
    ],
)
def test_honorifics_of_other_languages_introduce_nobody(language: str, sentence: str) -> None:
    first, second = TWO_SENTENCES[language]
    judged, _ = readability(f"{first}\n\n{second}\n\n{sentence}", language)
    assert judged.chain(2, (), None) == [1, 2]


def test_a_surname_that_the_article_never_introduces_needs_no_introduction() -> None:
    judged, _ = readability(f"{LEDE} In Vienna, Obama thanked the volunteers from the village.")
    assert judged.chain(1, (), None) == [1]


def test_a_noun_with_an_article_needs_its_first_mention() -> None:
    judged, _ = readability(f"{LEDE} {MIDDLE} The team found all nine of them below a waterfall.")
    assert judged.chain(2, (0,), 0) == [1, 2]
    judged, _ = readability(f"{LEDE} {MIDDLE} The team of the mountain service found all nine below a waterfall.")
    assert judged.chain(2, (0,), 0) == [2]


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("She said the rope had held.", True),
        ("The rope had held, she said.", True),
        ("After the rescue on Sunday, she slept for ten hours.", True),
        ("When she was asked about the rope, Stojka laughed.", False),
        ("Stojka said she had never seen such a storm.", False),
        ("The decision was made by Stojka and her dogs.", False),
    ],
)
def test_a_pronoun_without_a_noun_follows_the_sentence_before(text: str, follows: bool) -> None:
    judged, sentences = readability(f"{MIDDLE} {text}")
    assert judged.follows(len(sentences) - 1) is follows


def test_a_quotation_without_its_speaker_needs_the_sentence_before() -> None:
    judged, sentences = readability(
        f'{LEDE} "We had one hour left," Ceija Stojka said. "Then the water came up to the path."'
    )
    assert [judged.follows(position) for position in range(len(sentences))] == [False, False, True]


@pytest.mark.parametrize(
    ("language", "text", "usable", "follows"),
    [
        ("de", "Sehen Sie die Rettung in der Schlucht noch einmal.", False, False),
        ("fr", "Voici les cinq choses à savoir sur le sauvetage.", False, False),
        ("pt", "Confira as imagens do resgate na serra.", False, False),
        ("es", "Conozca los detalles del rescate en la sierra.", False, False),
        ("fr", "« La corde a tenu », a-t-elle expliqué.", True, True),
        ("pt", '"A corda aguentou", disse ela.', True, True),
        ("xx", "She said so to everybody in the village.", True, False),
    ],
)
def test_words_of_the_language_files_mark_dependent_sentences(language: str, text: str, usable: bool, follows: bool) -> None:
    first = "Anna Berg und Bo Lund 1 2 3 4 5 6."
    judged, sentences = readability(f"{first}\n\n{text}", language)
    last = len(sentences) - 1
    assert (judged.usable(last), judged.follows(last)) == (usable, follows)


def test_the_first_person_counts_only_outside_quotations() -> None:
    judged, _ = readability('I have used this bridge for years. "I never use it," Ada Marsh said. The bridge is old.')
    assert [judged.uses_first_person(position) for position in range(3)] == [True, False, False]


def test_the_pronoun_us_is_first_person_and_the_country_us_is_not() -> None:
    judged, _ = readability('We must open our wallets. Officials in the US opened theirs on Monday. "We pay," Ada Low said.')
    assert [judged.uses_first_person(position, include_we=True) for position in range(3)] == [True, False, False]
    assert not judged.uses_first_person(0)


@pytest.mark.parametrize(
    ("sentence", "needed"),
    [
        ("The waterfall had washed two of them away.", [2, 3]),
        ("During the descent a volunteer was hurt.", [2, 3]),
        ("The government paid for the helicopter.", [3]),
        ("The waterfall of Alder is forty metres high.", [3]),
        ("A waterfall had washed two of them away.", [3]),
    ],
)
def test_an_opening_definite_noun_refers_to_an_earlier_sentence(sentence: str, needed: list[int]) -> None:
    middle = "Volunteers from the village carried ropes and blankets into the valley for hours."
    judged, _ = readability(f"{LEDE} {MIDDLE} {middle} {sentence}")
    assert judged.chain(3, (), None) == needed


@pytest.mark.parametrize(
    ("sentence", "needed"),
    [
        ("Police in Alder also closed the road to the valley.", [2, 3]),
        ("A second, with eight ropes, was on its way from Skerry.", [2, 3]),
        ("Rain made that dangerous descent even harder for everybody.", [2, 3]),
        ("Police in Alder, for example, closed a road to Skerry.", [2, 3]),
        ("Farmers reported a similar accident in a valley near Skerry.", [2, 3]),
        ("Police in Alder closed the road to the valley on Monday.", [3]),
        ("A second bridge in Skerry will open in this month of rain.", [3]),
    ],
)
def test_a_word_that_refers_back_needs_an_earlier_sentence(sentence: str, needed: list[int]) -> None:
    middle = "Volunteers from the village carried ropes and blankets for hours."
    judged, _ = readability(f"{LEDE} {MIDDLE} {middle} {sentence}")
    assert judged.chain(3, (), None) == needed
    assert judged.chain(3, (1,), None) == [3]
    assert judged.chain(3, (), None, strict=False) == [3]


def test_a_speaker_named_by_given_name_needs_the_full_name() -> None:
    """Summaries once quoted a mother as "Patty" without naming her."""
    judged, _ = readability(f"{LEDE} William and Patty Arvola had waited below. The rope was wet, Patty said on Monday.")
    assert judged.chain(2, (), None) == [1, 2]
    judged, _ = readability(f"{LEDE} William and Patty Arvola had waited below. In Alder, Patty's rope was wet on Monday.")
    assert judged.chain(2, (), None) == [1, 2]
    judged, _ = readability(f"{LEDE} William and Patty Arvola had waited below. The rope of Patty was wet on Monday.")
    assert judged.chain(2, (), None) == [2]


def test_definite_people_inside_a_clause_refer_back_but_names_with_nouns_do_not() -> None:
    judged, _ = readability(f"{LEDE} {MIDDLE} Witnesses told police that the woman had slept for hours.")
    assert judged.chain(2, (), None) == [1, 2]
    judged, _ = readability(f"{LEDE} {MIDDLE} Storms, the House was told, had come from the west.")
    assert judged.chain(2, (), None) == [2]


def test_only_a_bare_definite_noun_is_unique_of_its_kind() -> None:
    """ "The stricken nation" was once selected without its name."""
    middle = "Volunteers from the village carried ropes and blankets for hours."
    judged, _ = readability(f"{LEDE} {MIDDLE} {middle} The stricken nation dropped nine points.")
    assert judged.chain(3, (), None) == [2, 3]


@pytest.mark.parametrize(
    ("sentence", "needed"),
    [
        ("Rain had made the rope wet and heavy.", [1, 2]),
        ("Rain had made the rope of the mountain service wet.", [2]),
        ("Rain had made a rope wet and heavy.", [2]),
        ("A wet rope had held, though the rope was old.", [2]),
        ("Rain had made the moon and the morning dark.", [2]),
    ],
)
def test_a_noun_with_its_article_inside_a_sentence_needs_its_first_mention(sentence: str, needed: list[int]) -> None:
    judged, _ = readability(f"{LEDE} {MIDDLE} {sentence}")
    assert judged.chain(2, (0,), 0) == needed
    assert judged.chain(2, (0,), 0, introduce="required") == [2]


@pytest.mark.parametrize(
    ("sentence", "needed"),
    [
        ("The singer's arrest on Sunday shocked her village.", [0, 1]),
        ("The Alder rescuer is a teacher of music.", [0, 1]),
        ("The rescuer's Skerry office has a page about music.", [0, 1]),
        ("The country's Skerry office has a page about music.", [1]),
        ("The ten-year-old rescuer had slept for hours.", [0, 1]),
        ("Ceija Stojka's decision had surprised everybody.", [0, 1]),
        ("Ceija Stojka's decision to leave had surprised everybody.", [1]),
        ("Ceija Stojka's dogs had slept for hours.", [1]),
        ("The UN estimates that nine hikers a year are lost.", [1]),
        ("The actor Ada Marsh lives in Skerry.", [1]),
    ],
)
def test_an_opening_definite_noun_refers_back_in_the_second_sentence_too(sentence: str, needed: list[int]) -> None:
    """ "The singer's arrest" and "The Alder rescuer" once opened summaries that named nobody."""
    judged, _ = readability(f"{LEDE} {sentence}")
    assert judged.chain(1, (), None) == needed


def test_a_noun_introduced_only_by_a_question_needs_nothing_in_the_first_sentences() -> None:
    judged, _ = readability(f"Will the bridge over the gorge close? Rain had made the bridge unsafe. {LEDE}")
    assert judged.chain(1, (), None) == [1]
    assert judged.chain(1, (2,), 2) == [1]
    judged, _ = readability("Will the bridge over the gorge close? The bridge will close on Monday.")
    assert judged.chain(1, (), None) == [1]


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge will close on Monday.",
        "The question was asked in Alder on Sunday.",
        "Officials of Alder also closed a road.",
    ],
)
def test_behind_a_lede_a_noun_introduced_only_by_a_question_is_missing(sentence: str) -> None:
    """The question was left out, and "The question keeps being asked" followed another article's lede."""
    judged, _ = readability(f"Will the bridge over the gorge close? {sentence} {LEDE}")
    assert judged.chain(1, (2,), 2) is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Climbing in a storm isn't."),
        ("en", "Bo Berg had lost his rope, too."),
        ("en", "All because Bo Berg forgot his lamp."),
        ("en", "Harbour Radio reported, citing four officials."),
        ("en", "(Well, until Monday, when Skerry opens a new hut.)"),
        ("de", "Nur weil Bo Berg seine Lampe vergessen hatte."),
        ("fr", "Tout cela parce que Bo Berg avait perdu sa lampe."),
        ("es", "Todo porque Bo Berg olvidó su lámpara."),
        ("pt", "Tudo porque Bo Berg esqueceu sua lanterna."),
    ],
)
def test_what_means_nothing_without_the_sentence_before_needs_that_sentence(language: str, sentence: str) -> None:
    """ "Going to the market doesn't" and "All because she was late" came without what they answer."""
    first, second = TWO_SENTENCES[language]
    judged, sentences = readability(f"{first}\n\n{second}\n\n{sentence}", language)
    assert [each.text for each in sentences[2:]] == [sentence]
    assert judged.chain(2, (0,), 0, introduce="required") == [1, 2]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Low said that the storm is no danger, but the cold of the night is.",
        "Harbour Radio reported on Monday that four huts were shut.",
        "(Alder) Volunteers went to Skerry on Monday.",
    ],
)
def test_what_tells_its_object_itself_needs_nothing(sentence: str) -> None:
    judged, _ = readability(f"{LEDE}\n\n{MIDDLE}\n\n{sentence}")
    assert judged.chain(2, (0,), 0, introduce="required") == [2]


@pytest.mark.parametrize(
    ("language", "teaser"),
    [
        ("de", "Es gibt keine einfache Antwort."),
        ("de", "Die Angaben lassen sich nicht unabhängig überprüfen."),
        ("fr", "Il y a plusieurs raisons à cela."),
        ("fr", "Ces images n'ont pas été vérifiées de source indépendante."),
        ("es", "Hay varias razones para el cierre de la sierra."),
        ("es", "Las imágenes no fueron verificadas de forma independiente."),
        ("pt", "Há várias razões para o fechamento da serra."),
        ("pt", "As imagens não foram verificadas de forma independente."),
    ],
)
def test_other_languages_have_sentences_that_tell_nothing(language: str, teaser: str) -> None:
    judged, sentences = readability(f"Anna Berg und Bo Lund 1 2 3 4 5 6.\n\n{teaser}", language)
    assert not judged.usable(len(sentences) - 1)


@pytest.mark.parametrize(
    ("sentence", "needed"),
    [
        ("Many hikers ask volunteers to answer these questions.", [1, 2]),
        ("Each hiker had light injuries.", [1, 2]),
        ("For others, the descent took hours.", [1, 2]),
        ("A volunteer then cut ropes for everybody.", [1, 2]),
        ("Known as Moritz, it found hikers in the dark.", [1, 2]),
        ("Known as Moritz, or the dog of Skerry, it found hikers in the dark.", [1, 2]),
        ("Those who had slept ate bread on Monday.", [2]),
        ("Former mayor Ada Low thanked volunteers from Skerry.", [2]),
    ],
)
def test_more_words_that_refer_back(sentence: str, needed: list[int]) -> None:
    judged, _ = readability(f"{LEDE} {MIDDLE} {sentence}")
    assert judged.chain(2, (), None) == needed


def test_an_event_with_a_day_refers_back_but_a_lede_may_name_it() -> None:
    """ "The Sunday morning shooting" once opened a summary without a shooting."""
    judged, _ = readability(f"{LEDE} {MIDDLE} Police charged a man of Skerry with theft after the Sunday night robbery.")
    assert judged.chain(2, (), None) == [1, 2]
    assert judged.chain(2, (), None, introduce="required") == [2]


def test_a_no_break_space_is_a_space() -> None:
    """ "The Post reported, citing nine aides" was selected alone if an editor's program wrote no-break spaces."""
    first = "Low morale has spread through the town hall of Alder. "
    for space in " \u00a0\u202f":
        judged, _ = readability(f"{first}The Post{space}reported,{space}citing nine aides of the mayor.")
        assert judged.chain(1, (), None) == [0, 1]
        judged, _ = readability(f"{first}In{space}response, the mayor of Alder asked for calm.")
        assert judged.follows(1)


def test_a_former_title_does_not_refer_back() -> None:
    """Articles that opened with "Former mayor Ada Low" were not opened with their first sentence."""
    judged, _ = readability("Former mayor Ada Low has died at the age of 81. She led Skerry for nine years.")
    assert not judged.opens_with_reference(0, include_phrases=True)


def test_an_opening_that_refers_back_is_detected_in_the_first_sentence_too() -> None:
    judged, _ = readability("This is no film about a gorge. Nine hikers are missing.")
    assert judged.opens_with_reference(0, include_phrases=True)
    assert not judged.opens_with_reference(0, include_phrases=False)
    assert not judged.opens_with_reference(1, include_phrases=True)


def test_a_noun_needs_nothing_if_the_sentence_that_introduces_it_can_not_open_a_summary() -> None:
    """The third sentence opened the summary: the second needed a first one that opens with "It's not just"."""
    judged, _ = readability("It's not just sailors who want the torch. Days after the torch came, ten are on sale in Alder.")
    assert judged.chain(1, (), None) == [1]
    judged, _ = readability("Sailors want the old torch. Days after the torch came, ten are on sale in Alder.")
    assert judged.chain(1, (), None) == [0, 1]


def test_an_opening_with_an_unnamed_person_is_a_teaser() -> None:
    """ "The actor was sent home after the girl told her parents" is such a teaser, above the lede."""
    judged, _ = readability("Two hikers say that the guide left after the boy told the police about the rope.")
    assert judged.has_unintroduced_noun(0)
    judged, _ = readability("A boy said that the guide left after the boy told the police about the rope.")
    assert not judged.has_unintroduced_noun(0)


@pytest.mark.parametrize(
    ("sentence", "scene"),
    [
        ("They came with two diggers at dawn.", True),
        ("When the storm began, Ada Low was at the hut.", True),
        ("On a recent Monday, the courtroom in Alder was empty.", True),
        ("Years ago, nobody came to the gorge.", True),
        ("It's graduation day in Alder.", True),
        ("She left school at nine, and now Ada Low is the largest baker of Alder.", False),
        ("Hours after the storm, rescuers found nine hikers.", False),
        ("On Monday, the courtroom in Alder was empty.", False),
        ("More than ten hikers asked for help on Monday.", False),
    ],
)
def test_openings_that_set_a_scene(sentence: str, scene: bool) -> None:
    judged, _ = readability(sentence)
    assert judged.sets_scene(0) is scene


@pytest.mark.parametrize(
    ("language", "text", "follows"),
    [
        ("pt", "Com isso, a ponte fica fechada até segunda-feira.", True),
        ("pt", "Por sua vez, o prefeito de Alder pediu calma.", True),
        ("pt", "Essa decisão surpreendeu os moradores de Alder.", True),
        ("pt", "Esta semana a ponte de Alder fica fechada.", False),
        ("es", "Por su parte, el alcalde de Alder pidió calma.", True),
        ("es", "Ese plan sorprendió a los vecinos de Alder.", True),
        ("es", "Este lunes el puente de Alder queda cerrado.", False),
        ("fr", "De son côté, le maire de Skerry demande du calme.", True),
        ("fr", "Cette décision a surpris les habitants de Skerry.", True),
        ("fr", "Cette semaine, le pont de Skerry est fermé.", False),
        ("de", "Kurz darauf sperrte die Polizei die Brücke in Skerry.", True),
        ("de", "Die beiden wurden in Skerry gerettet.", True),
        ("de", "Die Polizei sperrte die Brücke in Skerry.", False),
        ("en", "Eight hundred years later, children have it easier.", True),
        ("en", "For a start, officials have made children afraid.", True),
        ("en", "All can learn to swim at school.", True),
        ("en", "All children can learn to swim at school.", False),
        ("en", "In reality, children were never in danger.", True),
        ("en", "Separately, children in Skerry got a new school.", True),
        ("en", "In theory children learn to swim at school.", False),
    ],
)
def test_connectives_of_each_language_refer_back(language: str, text: str, follows: bool) -> None:
    judged, sentences = readability(f"Anna Berg und Bo Lund 1 2 3 4 5 6.\n\n{text}", language)
    assert judged.follows(len(sentences) - 1) is follows


@pytest.mark.parametrize(
    "sentence",
    [
        "July 31, 2013 Rescuers carry a hiker out of a gorge.",
        "Published on May 3, 2014 Rescuers carry a hiker out of a gorge.",
        "Anyone with information is asked to call the police in Alder.",
    ],
)
def test_captions_and_appeals_are_not_usable(sentence: str) -> None:
    judged, sentences = readability(f"{LEDE}\n\n{sentence}\n\nClose to 100 people saw it.")
    assert [each.text for position, each in enumerate(sentences) if not judged.usable(position)] == [sentence]


def test_a_quotation_that_continues_after_its_sentence_is_incomplete() -> None:
    """The summary quoted half of an answer, without a closing mark."""
    text = (
        f'{LEDE} Ceija Stojka said: "We heard a call from below the waterfall at noon, and nobody believed it.\n\n'
        '"Then the dogs ran down to the water, and so did all of the others."'
    )
    judged, sentences = readability(text)
    torn = [position for position, sentence in enumerate(sentences) if sentence.text.count('"') == 1]
    assert judged.chain(torn[0], (0,), 0) is None
    assert judged.chain(torn[0], (0,), 0, strict=False) is not None


def test_a_quoted_question_needs_its_answer() -> None:
    """The summary quoted "Am I angry?", and not the answer."""
    text = f'{LEDE} "Am I angry with Bo?" Ceija Stojka said at the hut in Alder. "Absolutely not. He is a good man."'
    judged, sentences = readability(text)
    asked = next(position for position, sentence in enumerate(sentences) if "angry" in sentence.text)
    assert judged.chain(asked, (0,), 0) is None
    assert judged.chain(asked, (0,), 0, strict=False) == [asked]


def test_who_said_it_follows_the_quotation() -> None:
    """The summary had "Stojka posted on Sunday in a reply" without the post."""
    text = f'{MIDDLE} "What a brave and happy team. So good to see!" Stojka posted on Sunday in a reply to the hikers.'
    judged, sentences = readability(text)
    last = len(sentences) - 1
    assert sentences[last].text.startswith("Stojka posted")
    assert judged.follows(last)


def test_a_definite_person_may_be_another_one_in_another_article() -> None:
    """A sentence about "the actor" stood behind an opening about another one."""
    cluster = read(
        [
            article("Alder's best known actor Bo Berg was accused of theft on Sunday, police said."),
            article(
                "Ade Marsh says she always knew of the thefts at the theatre. The actor told a radio station of a watch."
            ),
        ]
    )
    sentences, languages = list(cluster.sentences), cluster.languages
    trees = TreeCache(sentences, languages)
    judged = Readability(sentences, cluster.words, forms(sentences, cluster.words, languages), languages, trees)
    assert judged.chain(2, (0,), 0) == [1, 2]


@pytest.mark.parametrize(
    ("sentence", "follows"),
    [
        ("Officials say he raised millions of euros from banks.", True),
        ("The judge said he would rule on Monday.", False),
        ("A judge ordered her held without bail on Monday.", True),
        ("A Hull County judge ordered her held without bail on Monday.", True),
        ("Most members of the public know about the rope he has cut.", True),
        ("The sister of a hiker said he would climb again.", False),
        ("The miners said they would strike in May.", False),
        ("Such a rescue is rare in the gorge.", True),
        ("Once again, the gorge is closed.", True),
    ],
)
def test_a_pronoun_refers_to_a_noun_that_fits_it(sentence: str, follows: bool) -> None:
    judged, _ = readability(f"{LEDE} {sentence}")
    assert judged.follows(1) is follows


def test_outros_tres_needs_the_first_ones_in_portuguese() -> None:
    text = "Soldados mataram dez guerrilheiros no domingo em Alder. Aviões mataram outros três guerrilheiros em Hale."
    judged, _ = readability(text, "pt")
    assert judged.chain(1, (), None) == [0, 1]
