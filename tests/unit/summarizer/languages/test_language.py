"""Every language that is promised: told from the others, split, ranked."""

import pytest

from nutgraf.summarizer import Article, Length, Options, summarize
from nutgraf.summarizer.languages.language import codes, detect, language, languages, primary
from tests.builders import real_news

# Three sentences each, about a bridge that closes.
PARAGRAPHS = {
    "ar": "أغلقت المدينة الجسر القديم يوم الاثنين بسبب الشقوق. ستسلك الحافلات طريقا آخر لمدة أسبوعين. تبلغ تكلفة الإصلاح مليوني يورو.",
    "cs": "Město v pondělí uzavřelo starý most kvůli trhlinám. Autobusy pojedou dva týdny jinudy. Oprava bude stát dva miliony eur.",
    "da": "Byen lukkede mandag den gamle bro på grund af revner. Busserne kører en anden vej i to uger. Reparationen koster to millioner euro.",
    "de": "Die Stadt hat am Montag die alte Brücke wegen Rissen gesperrt. Busse fahren zwei Wochen lang eine andere Strecke. Die Reparatur kostet zwei Millionen Euro.",
    "el": "Ο δήμος έκλεισε τη Δευτέρα την παλιά γέφυρα λόγω ρωγμών. Τα λεωφορεία θα ακολουθήσουν άλλη διαδρομή. Η επισκευή θα κοστίσει δύο εκατομμύρια ευρώ.",
    "en": "The city closed the old bridge on Monday because of cracks. Buses will take another route for two weeks. Repairs will cost two million euros.",
    "es": "La ciudad cerró el lunes el puente viejo por las grietas. Los autobuses irán por otra calle durante dos semanas. La reparación costará dos millones de euros.",
    "et": "Linn sulges esmaspäeval vana silla pragude tõttu. Bussid sõidavad kaks nädalat teist teed. Remont maksab kaks miljonit eurot.",
    "fi": "Kaupunki sulki maanantaina vanhan sillan halkeamien vuoksi. Bussit ajavat kaksi viikkoa toista reittiä. Korjaus maksaa kaksi miljoonaa euroa.",
    "fr": "La ville a fermé lundi le vieux pont à cause de fissures. Les bus prendront une autre route pendant deux semaines. Les travaux coûteront deux millions d'euros.",
    "he": "העירייה סגרה ביום שני את הגשר הישן בגלל סדקים. האוטובוסים ייסעו בדרך אחרת במשך שבועיים. התיקון יעלה שני מיליון אירו.",
    "it": "La città ha chiuso lunedì il vecchio ponte a causa delle crepe. Gli autobus faranno un'altra strada per due settimane. La riparazione costerà due milioni di euro.",
    "ja": "市は月曜日に古い橋をひび割れのため閉鎖した。バスは二週間別の道を通る。修理には二百万ユーロかかる。",
    "ml": "വിള്ളലുകൾ കാരണം നഗരം തിങ്കളാഴ്ച പഴയ പാലം അടച്ചു. ബസുകൾ രണ്ടാഴ്ച മറ്റൊരു വഴി പോകും. അറ്റകുറ്റപ്പണിക്ക് രണ്ട് ദശലക്ഷം യൂറോ ചെലവാകും.",
    "nb": "Byen stengte mandag den gamle broen på grunn av sprekker. Bussene kjører en annen vei i to uker. Reparasjonen koster to millioner euro.",
    "nl": "De stad sloot maandag de oude brug vanwege scheuren. Bussen rijden twee weken lang een andere route. De reparatie kost twee miljoen euro.",
    "pl": "Miasto zamknęło w poniedziałek stary most z powodu pęknięć. Autobusy pojadą inną trasą przez dwa tygodnie. Naprawa będzie kosztować dwa miliony euro.",
    "pt": "A cidade fechou na segunda-feira a velha ponte por causa de rachaduras. Os ônibus farão outro caminho durante duas semanas. O reparo custará dois milhões de euros.",
    "ru": "Город закрыл в понедельник старый мост из-за трещин. Автобусы две недели будут ходить другим путём. Ремонт обойдётся в два миллиона евро.",
    "sl": "Mesto je v ponedeljek zaprlo stari most zaradi razpok. Avtobusi bodo dva tedna vozili po drugi poti. Popravilo bo stalo dva milijona evrov.",
    "sv": "Staden stängde på måndagen den gamla bron på grund av sprickor. Bussarna kör en annan väg i två veckor. Reparationen kostar två miljoner euro.",
    "th": "เทศบาลปิดสะพานเก่าเมื่อวันจันทร์เนื่องจากรอยร้าว รถเมล์จะใช้เส้นทางอื่นเป็นเวลาสองสัปดาห์ การซ่อมแซมจะใช้เงินสองล้านยูโร",
    "tr": "Belediye pazartesi günü çatlaklar nedeniyle eski köprüyü kapattı. Otobüsler iki hafta boyunca başka yoldan gidecek. Onarım iki milyon avroya mal olacak.",
    "uk": "Місто закрило в понеділок старий міст через тріщини. Автобуси два тижні їздитимуть іншим шляхом. Ремонт коштуватиме два мільйони євро.",
    "zh": "市政府星期一因裂缝关闭了旧桥。公交车将绕行两周。维修将花费两百万欧元。",
    # The generic path.
    "bn": "ফাটলের কারণে শহর সোমবার পুরনো সেতু বন্ধ করেছে। বাস দুই সপ্তাহ অন্য পথে চলবে। মেরামতে দুই মিলিয়ন ইউরো খরচ হবে।",
    "hi": "शहर ने सोमवार को दरारों के कारण पुराना पुल बंद कर दिया। बसें दो सप्ताह दूसरे रास्ते से जाएंगी। मरम्मत में बीस लाख यूरो लगेंगे।",
    "hu": "A város hétfőn lezárta a régi hidat a repedések miatt. A buszok két hétig más útvonalon járnak. A javítás kétmillió euróba kerül.",
    "ko": "시는 월요일에 균열 때문에 오래된 다리를 폐쇄했다. 버스는 두 주 동안 다른 길로 다닌다. 수리에는 이백만 유로가 든다.",
    "ur": "شہر نے پیر کو دراڑوں کی وجہ سے پرانا پل بند کر دیا۔ بسیں دو ہفتے دوسرے راستے سے جائیں گی۔ مرمت پر بیس لاکھ یورو لگیں گے۔",
    "vi": "Thành phố đã đóng cây cầu cũ hôm thứ Hai vì các vết nứt. Xe buýt sẽ đi đường khác trong hai tuần. Việc sửa chữa tốn hai triệu euro.",
}  # fmt: skip
ONE_SENTENCE = {"th"}  # Thai ends its sentences with nothing but a space, which also stands inside them


@pytest.mark.parametrize("code", sorted(PARAGRAPHS))
def test_a_paragraph_is_told_by_its_language(code: str) -> None:
    assert detect(PARAGRAPHS[code]).code == code


@pytest.mark.parametrize("code", sorted(PARAGRAPHS))
def test_a_paragraph_is_split_and_summarized(code: str) -> None:
    summary = summarize([Article(PARAGRAPHS[code])], Options(length=Length("sentences", 1)))
    assert summary.articles[0].sentences == (1 if code in ONE_SENTENCE else 3)
    assert summary.articles[0].words >= 12
    assert PARAGRAPHS[code].count(summary.summary.text) == 1
    assert len(summary.keywords) >= 3


def test_every_promised_language_has_a_paragraph() -> None:
    assert {each.code for each in languages() if each.splitter != "generic"} <= {*PARAGRAPHS, "nn", "sk"}
    assert {"bn", "ko", "ur", "vi"} <= set(PARAGRAPHS)


@pytest.mark.parametrize(
    ("tag", "code"), [("pt-BR", "pt"), ("no", "nb"), ("NN-no", "nn"), ("zh-Hant-TW", "zh"), ("iw", "he")]
)
def test_tags_lead_to_what_serves_them(tag: str, code: str) -> None:
    assert primary(tag) == code
    assert language(tag).code == code


def test_an_unknown_language_gets_the_generic_path() -> None:
    assert language("qya").splitter == "generic"


def test_languages_are_listed_once_and_with_what_serves_them() -> None:
    listed = languages()
    assert len({each.code for each in listed}) == len(listed)
    assert {each.code for each in listed} == codes() - {"af"}  # guessed for Dutch on short text
    assert {each.code for each in listed if not each.spaced} == {"ja", "km", "lo", "my", "th", "zh"}


@pytest.mark.parametrize("text", ["", "12 345", "🎉"])
def test_text_without_letters_is_guessed_and_said_so(text: str) -> None:
    assert not detect(text).sure


def test_two_hundred_characters_are_enough() -> None:
    right = total = 0
    for name in ("multinews", "cnn", "neus", "cstnews_pt", "norsumm_nb", "orangesum_fr"):
        for row in real_news(f"{name}.jsonl", limit=60):
            for article in row["articles"]:
                for paragraph in article["text"].split("\n"):
                    if len(paragraph) >= 200:
                        total += 1
                        right += detect(paragraph[:200]).code == row["lang"]
    assert total > 1_000
    assert right / total >= 0.99
