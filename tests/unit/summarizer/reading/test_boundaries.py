"""Hard boundaries of each language: a bar stands where a sentence ends."""

import pytest

from nutgraf.summarizer import Article
from nutgraf.summarizer.languages.language import codes
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.sentences import split

HARD = {
    "en": [
        "The No. 5 bus stops at Sec. 4 of the pier.|It was late.",
        "See Art. 7 and Vol. 2.|The rest is in fig. 3.",
        "It cost approx. 40 dollars.|She paid.",
        "He lives in the U.S.|How about you?",
        "The U.S. Senate met at 5 p.m. on Monday.|Nobody spoke.",
        "Who let it rot?!|Nobody knows.|It is over!!!|She left.",
        "That is Albert I. Jones.|Did you see him?",
        "“We wait. We hope,” she said.|It rained.",
        "The law (see the report of 2019.) was changed.|It helped.",
        "That's that.|Next came Dr. Low of St. Mary's.",
        "\"Why now?\" Ada Marsh asked.|He left.",
        "The firm, Pike & Co., paid.|It opened.",
    ],
    "de": [
        "Am 3. Mai wird z. B. die Hauptstr. 5 gesperrt.|Es regnet.",
        "In der 93. Minute fiel das Tor.|Danach war Schluss.",
        "Der Verein Hafen e. V. zahlt.|Er spart.",
        "Die Brücke ist zu.|»Wir warten ab«, sagte der Bürgermeister.",
        "Er sagte: „Wir warten. Wir hoffen.“|Dann ging er.",
        "Nach Art. 7 Abs. 2 gilt das nicht.|Der Rat prüft.",
        "Das Wetter wird besser.|Ob es so bleibt, ist offen.",
        "Die Kosten liegen bei ca. 3 Mio. Euro.|Die Stadt zahlt.",
        "Dr. med. Klein und Prof. Groß kamen.|Sie blieben.",
        "Das steht auf S. 23, Nr. 4.|Wer liest das?",
        "Kapitel 1. Der Anfang.|Es war dunkel.",
        "Mein Name ist Ada E. Klein.|Ich komme.",
    ],
    "fr": [
        "Il pleuvait.|« Nous partons », a dit le maire.|Le pont reste fermé.",
        "« Nous attendons. Nous espérons », dit-elle.|Il pleut.",
        "M. le maire et Mme Le Pont ont parlé.|Ils sont partis.",
        "Voir vol. 49 et art. 7 du texte.|Il date de 1990.",
        "Il habite au 5 bd. Saint-Michel.|Elle aussi.",
        "Est-ce fini ?|Personne ne sait.",
        "Le rapport date de janv. 2024.|Il est long.",
        "Il est là.|Il était tard.",
        "Le t. II du livre manque.|On cherche.",
        "Il hésite... Puis il part.".replace("... ", "...|"),
        "J. Dupont a gagné.|Bravo !",
        "Chapitre 1. Introduction.|Il faisait sombre.",
    ],
    "es": [
        "El Sr. López llegó a EE. UU. con la Dra. Bueno.|El martes salió.",
        "Véase la pág. 55 y el art. 4 de la ley.|Es larga.",
        "¿Quién paga?|Nadie sabe.",
        "Él preguntó: ¿Estás listo?|Respondí que sí.",
        "Nació el 5 de abr. de 1990.|Vive aquí.",
        "El departamento de RR. HH. aprobó todo.|La junta votó.",
        "Ella dijo: \"No lo sé. No importa.\"|Luego se fue.",
        "¡Qué día!|El puente cerró.",
        "Me dirijo a Ud.|¿Cuándo cierra?",
        "D. José y Dña. Ana son dueños.|Los dos pagan.",
        "Capítulo 2. El puente.|Todo cambia.",
        "El proyecto casi acaba... pero falta algo.|La obra sigue.",
    ],
    "pt": [
        "Nasceu a 10 de jan. de 2027.|Vive aqui.",
        "O Sr. Lima e a Dra. Reis chegaram.|Eles ficam.",
        "Veja a pág. 55 e o art. 4 da lei.|Ela muda.",
        "O presidente dos E.U.A. chegou.|O povo esperava.",
        "Leia p. ex. o capítulo 5.|Ele é curto.",
        "Quem paga?|Ninguém sabe.",
        "Ela disse: \"Não sei. Não importa.\"|Depois saiu.",
        "Que dia!|A ponte fechou.",
        "Capítulo 1. O Começo.|Estava escuro.",
        "O n.º 8 da av. Central fechou.|O dono saiu.",
        "A Câmara aprovou as obras.|O governo paga.",
        "O projeto quase acabou... mas falta algo.|A obra segue.",
    ],
    "it": [
        "Il dott. Rossi e l'On. Bianchi sono arrivati.|Restano.",
        "Vedi il cap. 3 nel vol. II dell'opera.|È lungo.",
        "La S.p.A. ha sede a Roma.|Il bilancio è chiuso.",
        "Chi paga?|Nessuno lo sa.",
        "Ho comprato pane, latte, ecc. per cena.|Era tardi.",
        "L'avv. Neri ha detto: \"Non so. Non importa.\"|Poi è uscito.",
        "Capitolo 1. L'inizio.|Era buio.",
        "Le parti (ad es. il motore) sono rotte.|Il costo è alto.",
        "Che giorno!|Il ponte è chiuso.",
        "Il par. 5 tratta di questo.|Il resto no.",
        "La sig.ra Verdi ha vinto.|Brava!",
        "Il progetto era quasi finito... ma mancava qualcosa.|I lavori vanno avanti.",
    ],
    "nl": [
        "Zie afb. 4 en blz. 12 van bijl. 3.|Dat is alles.",
        "Dhr. Jansen en mevr. De Vries kwamen.|Ze bleven.",
        "Het kost ca. 3 mln. euro.|De stad betaalt.",
        "‘Volg me niet.’|Toen ging ze.",
        "Hij zei: „Eerste zin. Tweede zin.“|Toen was hij klaar.",
        "Wie betaalt?|Niemand weet het.",
        "Prof. Schmidt en mr. Jones tekenden.|Het was laat.",
        "Hoofdstuk 1. Het begin.|Het was donker.",
        "Mijn naam is Jonas E. Schmidt.|Ik kom.",
        "Wij kiezen optie A.|Daarna praten we.",
        "Wat een dag!|De brug is dicht.",
        "We zien elkaar op vr. 14 feb. in de haven.|Tot dan.",
    ],
    "da": [
        "Mødet er kl. 14.|I dag er det tirsdag.",
        "Han sagde bl.a. at det var vigtigt.|Det er rigtigt.",
        "Den 3. maj lukker broen.|Det regner.",
        "Prof. Andersen kom.|Han blev.",
        "Hvem betaler?|Ingen ved det.",
    ],
    "nb": [
        "Møtet er 3. mai kl. 14.|Det regner.",
        "Han sa bl.a. at det var viktig.|Det er rett.",
        "Se kap. 4 og art. 7.|Det er alt.",
        "Hvem betaler?|Ingen vet det.",
    ],
    "sv": [
        "Mötet är den 3 maj kl. 14 enligt prof. Berg.|Det regnar.",
        "Han sa bl.a. att det var viktigt.|Det är rätt.",
        "Vem betalar?|Ingen vet.",
    ],
    "pl": [
        "Zajęcia są w pon. i śr. w sali nr 5.|Jest późno.",
        "To jest tzw. nowe prawo.|Kto płaci?",
        "Mieszka przy ul. Długiej od 3. maja.|Pada.",
    ],
    "cs": [
        "Schůzka začíná v hod. 14.|Uvidíme se tam.",
        "Kupil chléb, mléko atd. a šel domů.|Pršelo.",
        "Prof. Novák je rektorem.|Kdo platí?",
    ],
    "ru": [
        "Это, т.е. новый закон, вступает в силу.|Кто платит?",
        "Л. Н. Толстой родился в 1828 г. в Ясной Поляне.|Дом продан.",
        "См. рис. 4 и стр. 120.|Это всё.",
    ],
    "el": ["Πού είναι το πλοίο;|Κανείς δεν ξέρει.", "Βλ. σελ. 45 και άρθ. 7.|Βρέχει."],
    "hi": ["डॉ. सिंह ने कहा।|पुल बंद है।", "पुल बंद रहेगा।|क्यों?|किसी को नहीं पता।"],
    "hy": ["Սպասիր, մենք գնում ենք:|Ես պետք է տուն վերադառնամ:", "Պրոֆ. Պետրոսյանը եկավ։|Նա խոսեց։"],
    "my": ["တံတားပိတ်မည်။|မြို့ကပြောသည်။"],
    "am": ["ሰላም እንዴት ነህ።|ዛሬ ጥሩ ቀን ነው።"],
    "ja": ["「終わった。急げ。」|彼は去った。", "橋は閉まる。|誰が払うのか？|分からない。"],
    "zh": ["他说：「已经完成了。」|然后离开了。", "大桥将关闭。|谁来付钱？|没人知道。"],
    "ar": ["من يدفع؟|لا أحد يعلم.|الجسر مغلق."],
    "ur": ["پل بند ہے۔|کیوں؟|کوئی نہیں جانتا۔"],
}  # fmt: skip
CASES = [(code, case) for code, cases in HARD.items() for case in cases]


@pytest.mark.parametrize(("code", "case"), CASES)
def test_a_hard_boundary(code: str, case: str) -> None:
    expected = case.split("|")
    # A space parts sentences, and nothing in scripts without spaces.
    text = ("" if code in ("ja", "zh") else " ").join(expected)
    assert [sentence.text for sentence in split([clean(Article(text), code)])] == expected


def test_every_case_is_of_a_language_with_a_file() -> None:
    assert set(HARD) <= codes()


@pytest.mark.parametrize("code", ["en", "de", "fr", "es", "pt", "it", "nl"])
def test_the_languages_of_most_copy_have_a_dozen(code: str) -> None:
    assert len(HARD[code]) >= 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. The first item 2. The second item 3. The third", ["1. The first item", "2. The second item", "3. The third"]),
        ("The weather gets better.Whether it stays is open.", ["The weather gets better.", "Whether it stays is open."]),
        ("Ask Jane.Doe@news.example or www.News.example now.", ["Ask Jane.Doe@news.example or www.News.example now."]),
        ("The bridge is shut.12 Ferries run.", ["The bridge is shut.", "Ferries run."]),
        ("It is big. . . . It is not.", ["It is big. . . .", "It is not."]),
    ],
)
def test_items_lost_spaces_and_footnotes(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split([clean(Article(text), "en")])] == expected
