"""Kinds of false headlines that readers have found, each in a sentence of our own: what no suggestion may say."""

import re

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize

FALSE = [
    pytest.param(
        "en", "In a taped talk with the harbour police, the sailor Noah Pike admitted that he hit, robbed and ultimately drowned a "
        "21-year-old diver last year in the bay.",
        r"^(?!.*admitted)|(hit|robbed)$", id="what several verbs did to whom, and who says so",
    ),
    pytest.param(
        "en", "As the town heads into the holidays, there are still almost 1.5 million soldiers, sailors, airmen and guards deployed in "
        "ports or on missions worldwide.",
        r"^(Sailors|Airmen|Guards)", id="a part of a list",
    ),
    pytest.param(
        "en", "As the jailed skipper Noah Pike comes up for review on Wednesday, there continues to be an enduring fascination in Alder "
        "regarding his voyages.",
        r"\bhis\b", id="whose voyages",
    ),
    pytest.param(
        "en", "Ada Marsh, whose clever and loud comedy on such programs as the Harbour Hour helped define the golden age of television, "
        "has died.",
        r"whose.*programs has died|^(?!.*has died)", id="a relative clause without its verb",
    ),
    pytest.param(
        "fr", "Les habitants de Marsolle devront dire adieu à leurs barques dans l'enceinte du port.",
        r"adieu$", id="adieu à quoi",
    ),
    pytest.param(
        "en", "A famous boxing trainer is hoping to capitalize on the alleged quarrel between the singer Ada Marsh and the rower Noah "
        "Pike by offering them $1 million each to row for a prize.",
        r"capitalize$", id="capitalize on what",
    ),
    pytest.param(
        "en", "A judge Monday named famed radio host Ada Marsh's daughter as the temporary keeper of her ailing father, a spokeswoman "
        "said.",
        r"daughter(,|$)", id="named as what",
    ),
    pytest.param(
        "en", "The Alder ferry authority has spent the last two years rebuilding the quay that the storm of the century destroyed in "
        "one night.",
        r"years$", id="spent doing what",
    ),
    pytest.param(
        "en", "Three Alder authors released a book accusing the harbour board of hiding or ignoring cases of theft by ferry officers.",
        r"book by", id="by whom the theft was, not the book",
    ),
    pytest.param(
        "en", "The harbour fair had to be moved as strong spring winds whipped across the quay and the dunes of the island on Sunday.",
        r"winds$", id="a subject without its verb",
    ),
    pytest.param(
        "en", "A third of all herring on the coast comes from Skerry, with a special emphasis on young herring for the smokehouses of "
        "Alder.",
        r"^Third of", id="a third",
    ),
    pytest.param(
        "en", "President Ada Marsh said she and the mayor of Skerry were going through \"painful months\" as she answered questions "
        "about the harbour.",
        r"going$", id="going through what",
    ),
    pytest.param(
        "en", "A floor of 600 square metres above the harbour of Skerry sold for $23 million, which is more than any floor on the coast "
        "has cost.",
        r"600 metres", id="square metres",
    ),
    pytest.param(
        "fr", "Depuis la fin de la guerre, la ville de Marsolle a connu dix référendums d'intérêt communal sur son port.",
        r"^(?!Depuis).*dix", id="since when so many",
    ),
    pytest.param(
        "en", "Under the care of hopeful doctors, Ada Marsh is \"improving\" days after her release from a hospital in Skerry, her lawyer said.",
        r'improving" days\b(?! after)', id="days after what",
    ),
    pytest.param(
        "fr", "La 18e édition des Victoires de la Lande se tient cette année au port de Marsolle.",
        r"^La édition", id="la pour l'",
    ),
    pytest.param(
        "es", "La temperatura media de enero va de 1,6 grados en la costa a 2,1 grados en Marsola.",
        r"media va", id="de qué mes",
    ),
    pytest.param(
        "en", "Villagers have clashed this week after a dispute between a Danish boat broker and two Alder sellers Monday ignited "
        "simmering local tensions.",
        r"^(Two )?Alder sellers", id="one of a pair did it",
    ),
    pytest.param(
        "en", "The fraud trial of Ada Marsh will now continue until the middle of May, the court hearing the case said Sunday.",
        r"middle\b(?! of)", id="the middle of what",
    ),
    pytest.param(
        "en", "In a green jacket and a black cap, Mayor Marsh spent Sunday visiting Alder sailors stationed in Skerry Bay.",
        r"spent visiting", id="what was spent",
    ),
    pytest.param(
        "en", "Just hours after delivery, a baby born with a fever in Alder was given high doses of three new drugs.",
        r"^Just hours,", id="hours after what",
    ),
    pytest.param(
        "en", "As the paper reported, one harbour guard allegedly removed a part of the lock and left a key in the room of a guest.",
        r"^(?!.*allegedly).*left", id="an allegation is about the second verb too",
    ),
    pytest.param(
        "en", "More than five years of severe food shortages and a breakdown of the harbours have led to terrible hunger on the islands "
        "and left a generation of children ill, a new study has found.",
        r"led(,|$)", id="led to what",
    ),
    pytest.param(
        "en", "Elections are usually a good way to throw out mayors whom nobody in the harbour towns likes, the paper of Alder wrote.",
        r"^(?!.*usually)", id="usually",
    ),
    pytest.param(
        "en", "The navy of Kestria unveiled its largest warship since the war of the harbour towns, and invited all schools to see it.",
        r"warship$", id="the largest since",
    ),
    pytest.param(
        "en", "Harbour TV says it does not condone its hosts taking part in the rallies of a mayor or in the dinners after them.",
        r"hosts$", id="not what they do",
    ),
    pytest.param(
        "en", "Ada Marsh, who heads the bank, said she won't step down after completing half her term, as the paper had written.",
        r"step down$", id="not after that",
    ),
    pytest.param(
        "en", "The women on the mayor's list of judges do not reflect what Marsh stood for, the friends of the late judge warn.",
        r"^(The )?[Ww]omen do", id="the women on the list",
    ),
    pytest.param(
        "fr", "Un marin allemand a été retrouvé pendu dans sa cabine mardi matin au port de la Lande, a indiqué le parquet.",
        r"retrouvé(,|$)", id="retrouvé pendu",
    ),
    pytest.param(
        "de", "Bürgermeister Kolbe hat in seiner Rede nicht den ganz großen Hammer geschwungen, als es um den Hafen ging.",
        r"nicht den Hammer", id="nicht den großen",
    ),
    pytest.param(
        "en", "Some crews are being moved inside the harbour and do not leave it, Harbour Secretary Ada Marsh announced.",
        r"^(?!.*announced$)", id="what is not over is no plain fact",
    ),
    pytest.param(
        "en", "A committee led by a friend of Ada Marsh has announced that her campaign of 2016 did not buy any votes in Alder.",
        r"^(?!.*announced)", id="a denial is no plain fact",
    ),
    pytest.param(
        "en", "Marsh is the first islander and the first woman in the history of Alder to be a judge of the high court.",
        r"islander$", id="the first of several that only both are",
    ),
    pytest.param(
        "en", "Approximately 36,000 deaths are caused by smoke each year in the harbour towns of the northern coast.",
        r"^(?!.*(harbour towns|northern coast))", id="a yearly count without its place",
    ),
    pytest.param(
        "en", "Unplugged from the power lines, households in these valleys rely mainly on smoky lamps for their light.",
        r"^Households rely", id="in these valleys",
    ),
    pytest.param(
        "en", "Bo Cole appeared to threaten Marsh and Hale, two of Mayor Ada Dunn's judges who were confirmed last year in Alder.",
        r", [^,]*confirmed$", id="a relative clause is no speaker",
    ),
    pytest.param(
        "en", "Ada Marsh denied that the harbour company had sold the old lighthouse and both of its boats to the school.",
        r", Ada Marsh denied$|, Marsh denied$", id="a denial behind what is denied",
    ),
    pytest.param(
        "fr", "Météo Nord a levé mardi soir sa vigilance orage pour la Lande et le Roc, deux régions de la côte de la mer.",
        r"orage$", id="lifted for some",
    ),
    pytest.param(
        "de", "Keine Wahl besteht zunächst beim Übergang von einer Ausbildung in eine feste Stelle im gleichen Betrieb der Stadt.",
        r"zunächst$", id="keine … beim",
    ),
    pytest.param(
        "fr", "Un élève âgé de 19 ans a été placé en garde à vue mardi soir après une bagarre devant le lycée de la ville.",
        r"âgé a", id="âgé de",
    ),
    pytest.param(
        "en", "Death rates from the fever have risen in the harbour towns since the 1900s; they peaked in 1991 and fell after that.",
        r"since the 1900s$", id="before a semicolon",
    ),
    pytest.param(
        "en", "Many expected Ada Marsh to work on the harbour and its debts, but in fact she has travelled to twenty countries.",
        r"^Many expected", id="what was only expected",
    ),
    pytest.param(
        "en", "In 2004, 22% of the voters in Alder cast their votes early and that rate rose to more than 30% in 2008.",
        r"^(?!.*20\d\d)", id="a percentage without its year",
    ),
    pytest.param(
        "en", "Ada Marsh's parents have long denied hiding their daughter's letters, but the case took an unexpected turn this week.",
        r"denied$", id="denied what",
    ),
    pytest.param(
        "fr", "Des dizaines de véhicules volés puis désossés et revendus, un réseau de trafiquants a été démantelé dans le port.",
        r"(?i)^des dizaines .*a été", id="the subject of another verb",
    ),
    pytest.param(
        "fr", "Les habitants des zones fermées ne pourront sortir de leur quartier que pour se rendre au travail ou à l'hôpital.",
        r"quartier$", id="ne … que",
    ),
    pytest.param(
        "en", "The museum of Alder will open its doors only to pupils of the town and to their teachers until the summer.",
        r"^(?!.*\bonly\b)", id="only",
    ),
    pytest.param(
        "en", "Ada Marsh of the theatre group Salt and Pepper has died at her home in the harbour town of Alder.",
        r"\bSalt(?! and Pepper)", id="a name torn at and",
    ),
    pytest.param(
        "en", "The drive for a partisan vote based on party rather than any sense of proportion produced an odd result in Alder.",
        r"^(?:Rather than )?any sense|^Rather|(?:Drive|vote) rather", id="rather than",
    ),
    pytest.param(
        "en", "The council said on Monday that the old bridge, which was built in 1911, would close for repairs next year.",
        r"built next year|said next year|close for repairs in 1911", id="a time at another verb",
    ),
    pytest.param(
        "en", "The city council banned the sale of sweet drinks in large cups in restaurants and cinemas on Thursday.",
        r"sweet drinks$", id="the place of a ban",
    ),
    pytest.param(
        "en", "Health authorities on Wednesday authorized booster shots for people above the age of 65 or at high risk.",
        r"booster shots$", id="for whom something is allowed",
    ),
    pytest.param(
        "en", "Rescuers searched the harbour of Alder after Ada Marsh told them that her brother had not come back from the island.",
        r"after Ada Marsh$", id="after and a name without its verb",
    ),
    pytest.param(
        "en", "Two brothers from the harbour town of Alder ran afoul of the network after their site showed its films.",
        r"\bran (?!afoul)", id="a phrasal verb",
    ),
    pytest.param(
        "en", "The council's new bridge over the Marsh is still two years away from opening, the engineers of the town say.",
        r"\btwo years(?! away)|(?<!years) away", id="two years away",
    ),
    pytest.param(
        "pt", "Dos 22 jogadores convocados pelo treinador, só Ronaldo e Pedro atuam em clubes da capital do estado.",
        r"^Só", id="of so many, only",
    ),
    pytest.param(
        "en", "The governor has no authority to close the bridge without a vote of the council, Ada Marsh argued in a newspaper.",
        r"^(?!.*Marsh argued)", id="a legal opinion without its speaker",
    ),
    pytest.param(
        "en", "Ada Marsh and the owner of the ferry company Alder Lines were charged with fraud by the state's prosecutors.",
        r"^Ada Marsh (?:was|were|charged)|^(?:The )?owner", id="half of a subject",
    ),
    pytest.param(
        "en", "Alder became the latest town to have its ban on street music overturned after a judge called it unlawful.",
        r"music$|\bban$", id="what an object suffers",
    ),
    pytest.param(
        "en", "An Alder obstetrician convicted of selling babies has been given a suspended prison sentence, the court said.",
        r"(?<!suspended) prison sentence", id="suspended",
    ),
    pytest.param(
        "en", "More people died in avalanches in Marshland this winter than in the last three winters together, the club said.",
        r"^(?!.*\bthan\b).*\bMore people died", id="a comparison",
    ),
    pytest.param(
        "en", "The president's plan to merge the three broadcasters threatens the freedom of the press, the writers' union of Alder said.",
        r"^(?!.*union).*threatens", id="a judgement of a union without its speaker",
    ),
    pytest.param(
        "fr", "Le nouveau barème des aides condamne les petites fermes de montagne, selon la Fédération des éleveurs d'Aulnay.",
        r"^(?!.*selon)", id="a judgement of a federation without its speaker",
    ),
    pytest.param(
        "de", "Der Computerbauer Marsch will in den nächsten zwei Jahren weitere 3000 Stellen in Erlenstadt und Umgebung streichen.",
        r"(?<!weitere) 3000", id="another 3000",
    ),
    pytest.param(
        "de", "Das Gericht hebt in seinem Urteil besonders hervor, dass die Stadt Erlen die Brücke nicht sperren durfte.",
        r"\bhebt(?!.*hervor, dass)", id="a separable verb",
    ),
    pytest.param(
        "en", "Skerry soldiers hunting the river gang have killed a man who they say led it, Skerry's Defence Ministry said.",
        r"^(?!.*said).*killed", id="what an army says of its own soldiers",
    ),
    pytest.param(
        "en", "Tuesday's fire is the second warehouse blaze in two days in the harbour district of Port Alder, the mayor told us.",
        r"^(?!.*in two days).*second", id="the second in a period",
    ),
    pytest.param(
        "en", "In Alderland, at least 231 deaths have been blamed on the storm, the National Emergency Commission said Saturday.",
        r"^(?!.*Alderland).*231 deaths", id="a count without its country",
    ),
    pytest.param(
        "en", "Mayor Marsh appeared likely to turn to some trusted banker to form the next council of Port Alder, after talks failed.",
        r"turn to form", id="an infinitive in place of a person",
    ),
    pytest.param(
        "fr", "La publication de l'application devrait suivre rapidement, a-t-on indiqué dans l'entourage du maire de Lande.",
        r"^(?!.*indiqué).*devrait suivre", id="a-t-on indiqué",
    ),
    pytest.param(
        "fr", "Déçus de la vie du port, désireux de revenir à la terre, une cinquantaine de marins sont membres de la coopérative.",
        r"^Déçus", id="an adjective as the subject",
    ),
    pytest.param(
        "fr", "Devenu symbole du débat sur les digues de la Lande, Marc Dune, patient de la clinique depuis dix ans, est décédé jeudi à Aulnay.",
        r"^Patient", id="an apposition as the subject",
    ),
    pytest.param(
        "en", "A six-year-old boy near Skerry Springs, Orvale, was suspended from school for kissing a girl on the hand.",
        r"^Orvale", id="the place of the subject as the subject",
    ),
    pytest.param(
        "en", "Ada Marsh is depressed and unfit to stand trial, the doctors who spent a month with her at the clinic concluded.",
        r"^(?!.*concluded).*depressed", id="a claim without its speaker, whom a relative clause describes",
    ),
    pytest.param(
        "en", "The harbour guard improperly used its office when it closed the bridge to all rival ferries, the council said.",
        r"^(?!.*improperly).*used", id="what was wrong with an act",
    ),
    pytest.param(
        "en", "Noah Pike may have won the mayoral race in Alder, but even his friends doubt that he can lead the town.",
        r"may have won", id="a concession",
    ),
    pytest.param(
        "en", "Weekly new claims for harbour aid, a proxy for storms, rose by 130 to a record 850 in the week ended May 2, the council said.",
        r"aid ended", id="the end of a period as the act",
    ),
    pytest.param(
        "en", "The yearly boat race was delayed for almost an hour on Monday as climbers waving big red flags blocked the quay and the pier.",
        r"as climbers$", id="a subject without its verb behind as",
    ),
    pytest.param(
        "en", "The council would stop running party ads on all of its ferries next year, its harbour chief Ada Marsh announced on Monday.",
        r"running ads", id="which things are stopped",
    ),
    pytest.param(
        "en", "Mayor Ada Marsh talked at length about her secure, cheerful and quiet harbour in Alder on Monday in the town hall of Skerry.",
        r"secure, harbour", id="one of several adjectives",
    ),
    pytest.param(
        "en", "Ada Marsh, the photographer whose pictures of the harbour of Alder hung in every school, has died.",
        r"whose.*Alder, has", id="a relative clause without its verb, which looks like a participle",
    ),
    pytest.param(
        "en", "The flood turned a school hall jammed with teen-age dancers into a ruin, burying 12 guests and hurting 30 others in Skerry.",
        r"hall(,|$)", id="turned into what",
    ),
    pytest.param(
        "en", "A Skerry survey has found that seals seldom, if at all, land after the winter breeding season.",
        r"seldom$", id="a clause without its verb behind that",
    ),
    pytest.param(
        "en", "Two skippers, who by their own account are bad sailors, talked their way into a regatta in Skerry.",
        r"^Two skippers are|skippers by", id="the predicate of a relative clause",
    ),
    pytest.param(
        "en", "Ada Dune Marsh, who grew famous late as a host of “The Night Ferry,” a Skerry radio show known for letters about boats, died on "
        "Saturday in Alder.",
        r"show", id="a noun of an insertion beside the subject",
    ),
    pytest.param(
        "en", "Skerry Ferries has become the third shipping company with more than a thousand boats.",
        r"company$", id="the third of which companies",
    ),
    pytest.param(
        "en", "Record catches in October lifted the herring trade of Skerry to the highest level in a decade.",
        r"highest level$", id="the period of a superlative",
    ),
    pytest.param(
        "en", "A plan to close the pier, known as Plan 9, has become the most bitter remaining dispute in talks on the Skerry harbour"
        " budget.",
        r"most (bitter|remaining)?.*dispute$", id="the group of a superlative",
    ),
    pytest.param(
        "en", "The verdict against Noah Pike was met with wide approval among those seeking justice for the drowned sailors, but the "
        "trial may not be over.",
        r"approval$", id="among whom",
    ),
    pytest.param(
        "en", "The harbour board blocked a scaled-down, $500 million ferry relief measure, weakening the chances of another package "
        "before the storm season.",
        r"scaled-down$", id="an adjective without its noun",
    ),
    pytest.param(
        "en", "Mayor Ada Marsh fired back, tweeting, “The board will not take away a single boat of the harbour of Skerry.”",
        r"tweeting$", id="a verb of saying without what was said",
    ),
    pytest.param(
        "en", "Ada Marsh has appointed retired harbour master Noah Pike to serve as her secretary of the port.",
        r"Pike$", id="appointed to do what",
    ),
    pytest.param(
        "en", "The 20-year-old sailor accused in a stabbing rampage at a Skerry boat school told police he had dreams of harming "
        "people, officers said.",
        r"^The (20-year-old )?sailor told", id="which sailor",
    ),
    pytest.param(
        "en", "The claim, announced Tuesday, is led by Skerry attorney Ada Marsh and asks the court to declare the ferry rule void.",
        r", announced,", id="an insertion that lost its day",
    ),
    pytest.param(
        "en", "The sailors are divided over the strike, the former blamed for the loss of boats and the latter for the weakness of "
        "the fleet.",
        r"[Ff]ormer blamed", id="the former",
    ),
    pytest.param(
        "en", "There is no such thing as a free ferry any longer in Skerry, Mayor Ada Marsh is telling harbour workers.",
        r"Marsh telling$", id="telling whom",
    ),
    pytest.param(
        "en", "A boat race between two islands -- or two piers -- remains a crime under the harbour law of Skerry.",
        r"between two islands remains", id="an alternative",
    ),
    pytest.param(
        "en", "When Mayor Noah Pike unveiled his plan to end the dispute over the pier, Skerry council leader Ada Marsh was at his "
        "side.",
        r"at his side", id="at whose side",
    ),
    pytest.param(
        "en", "The harbour board carried out its first boat search in Skerry since the two towns signed a fishing treaty.",
        r"first boat search( in Skerry)?$", id="since when it is the first",
    ),
    pytest.param(
        "en", "The board marks Marsh's first major harbour role since she was sworn in in January.",
        r"role$", id="since when it is the first role",
    ),
    pytest.param(
        "en", "Noah Pike will end his campaign for mayor of Skerry, several aides tell Harbour Radio, ending an unlikely race.",
        r"^(?!.*aides)", id="aides who speak to a station",
    ),
    pytest.param(
        "en", "Noah Pike was sober but was struggling with debts and fear in the early stages of the race when he left, his widow "
        "said.",
        r"was sober,|was sober$", id="a state that the rest of the sentence takes back",
    ),
    pytest.param(
        "en", "Ada Marsh's remarks as a candidate may have moved the judge to give Noah Pike a more lenient sentence.",
        r"Pike (a )?sentence", id="how lenient",
    ),
    pytest.param(
        "en", "The rowing union will not accept any Skerry boat races involving teams from the disputed island of Hale.",
        r"teams$", id="whom a ban concerns",
    ),
    pytest.param(
        "en", "Dozens of Noah Pike's tenants have reached a tentative $25 million deal with the shipowner and his harbour board, the "
        "Alder Post reports.",
        r"reached (a )?\$25", id="tentative",
    ),
    pytest.param(
        "en", "The former ferry manager whose letters have shaken the town accused Noah Pike and his company of selling boats that "
        "harm sailors.",
        r"Pike( and (his )?company)?$", id="accused of what",
    ),
    pytest.param(
        "en", "Mayor Ada Marsh has, for the first time, publicly proposed delaying the harbour vote of November.",
        r"has, for the first time$|has for the first time$|Marsh has$", id="a perfect without its verb",
    ),
    pytest.param(
        "en", "Mayor Ada Marsh issued a fresh denial that she asked former port director Noah Pike to halt a search of the ferry.",
        r"denial$", id="a denial of what",
    ),
    pytest.param(
        "en", "Mayor Ada Marsh will crack down on what she calls unfair fishing practices and the theft of nets with a package of new"
        " rules.",
        r"crack down$", id="crack down on what",
    ),
    pytest.param(
        "en", "Why the pier plan is so disputed is not entirely clear: it is all work that was already under way.",
        r"^The pier plan is so", id="a question without its word",
    ),
    pytest.param(
        "en", "Cases of the new boat fever first seen in Alder have been confirmed in several island ports as well as Hale and "
        "Skerry.",
        r"confirmed as well", id="as well as what",
    ),
    pytest.param(
        "en", "The port of Skerry passed Alder and Hale as the port with the most ferries, according to a Coast News tally, as storms"
        " closed other quays.",
        r"as (the )?port,|as (the )?port$", id="as which port",
    ),
    pytest.param(
        "en", "Skerry recorded an average of 190 new boat thefts per day over the last seven days, up 47 percent from the previous "
        "week, according to a Coast News analysis.",
        r"recorded (an )?average( over|,|$)", id="an average of what",
    ),
    pytest.param(
        "en", "While the ferry line has praised its service, a different story is playing out across the quays of Skerry.",
        r"[^t] story is playing|^Story playing", id="different",
    ),
    pytest.param(
        "en", "Skerry Ferries has agreed to pay up to $800 million to settle thousands of claims stemming from the harbour fire, "
        "lawyers announced on Monday.",
        r"pay up(,|$)", id="up to how much",
    ),
    pytest.param(
        "en", "A new film captured a Skerry harbour officer shooting a fisherman moments after he shouted at the crew of the boat.",
        r"moments$", id="moments after what",
    ),
    pytest.param(
        "en", "Mayor Ada Marsh addressed the town from the great hall of the Harbour House hours after Hale closed its port to all "
        "ferries.",
        r"hours$", id="hours after what, behind a name",
    ),
    pytest.param(
        "en", "Mayor Ada Marsh did not commit to ensuring that there is a peaceful vote in the harbour after the storm.",
        r"not commit$", id="what somebody did not commit to",
    ),
    pytest.param(
        "en", "Ada Dune allegedly shot and killed three sailors and wounded at least eight others at the harbour base of Skerry.",
        r"shot$", id="shot whom",
    ),
    pytest.param(
        "en", "Noah Pike, a clerk of the harbour board, said that the council did not tell his crew that the fuel was being held over"
        " worries about other ports.",
        r"being held(,|$)", id="why it was held, below a negation",
    ),
    pytest.param(
        "en", "Mayor Ada Marsh will be briefed by guards on harbour, climate and jobs plans, according to people familiar with the "
        "meeting.",
        r"people familiar$", id="familiar with what",
    ),
    pytest.param(
        "en", "A sailor suspected of fatally hurting a guard of the harbour in Port Alder, Skerry was jailed as police moved in to "
        "question him, the court said.",
        r"sailor Skerry", id="a place behind a man",
    ),
    pytest.param(
        "en", "Noah Pike had joined the crew only “yesterday,” Ada Marsh said, and the former mayor would soon learn the facts.",
        r"only(,|$)", id="only what",
    ),
    pytest.param(
        "en", "Then guards in the harbour hall in Alder, Skerry, put the young Noah Pike on a fishing boat made out of old ferry "
        "pumps.",
        r"^Skerry put|^Skerry, put", id="a place as who acts",
    ),
    pytest.param(
        "en", "No plan for a new pier in the outer harbour of Skerry was approved by the council of the island.",
        r"^No plan was|^No plan for (a )?new pier was", id="a negation about all of a kind",
    ),
    pytest.param(
        "pt", "Os navios podem produzir uma reviravolta na guerra que ameaça a cidade do porto e as aldeias da costa norte, admitiram "
        "analistas citados pela agência.",
        r"^(?!.*admitiram)", id="quem admite",
    ),
    pytest.param(
        "fr", "Les gardes du port ont entamé leur troisième samedi de protestation, notamment sur les quais de Marsolle où des "
        "bateaux ont brûlé.",
        r"entamé notamment", id="un jour comme objet",
    ),
    pytest.param(
        "fr", "Comme chaque lundi, Ada Marsolle, 40 ans, jouait de l'orgue lors de la messe du soir au port, lorsqu'un feu a pris "
        "dans les combles.",
        r"^40 ans", id="un âge comme sujet",
    ),
    pytest.param(
        "fr", "C'est une grande première depuis le vote de la loi sur les ports de la côte.",
        r"^C'est", id="qui est c'",
    ),
    pytest.param(
        "fr", "Les marins de Marsolle ont eu largement recours à la technique de la voile carrée pour gagner la course.",
        r"recours$", id="recours à quoi",
    ),
    pytest.param(
        "pt", "A perda de mercado dos produtos do porto foi grande face a produtos concorrentes das ilhas.",
        r"face$", id="face a quê",
    ),
    pytest.param(
        "en", "Smaller tablet boats that cost less than the Skerry are finally starting to hit the harbours of "
        "Calder.",
        r"^Tablet", id="a smaller kind",
    ),
    pytest.param(
        "en", "The number of laid-off dockers applying for unemployment aid fell below 1 million last week for the "
        "first time since the storm hit five months ago yet still remains at a high level.",
        r"dockers fell", id="of which ones the number is",
    ),
    pytest.param(
        "en", "The DEA says only 13% of the fish seized in New Calder state the last four years actually contained "
        "any lead, and even then it often was mixed with other metals.",
        r"fish (?:in|last|contained|the last)", id="where the share holds",
    ),
    pytest.param(
        "en", "Ada Low and Ben Croft were convicted in 2009 of theft in Hale, but a jury overturned the conviction.",
        r"convicted(?! in 2009)", id="the year of a conviction",
    ),
    pytest.param(
        "en", "The red boat is completing its final trip on Wednesday, marking the end of the search in the bay -- "
        "for now.",
        r"end of (?:the )?search(?!.*for now)", id="for now",
    ),
    pytest.param(
        "en", "Mayor Ada Low has tapped her daughter-in-law to combat “fake news” and broadcast only positive "
        "stories coming out of the town hall.",
        r"daughter-in-law and broadcast", id="the second of two purposes",
    ),
    pytest.param(
        "en", "Council leader Ada Low has announced that the council will vote on a clean repeal of Skerrycare "
        "without any replacement, after two members broke ranks to sink the current care bill.",
        r"vote without", id="without belongs to a lost noun",
    ),
    pytest.param(
        "en", "Mayor Ada Low blasted “dishonest and corrupt” people Thursday morning at the National Harbour "
        "Breakfast, bashing her trial before the event with House Speaker Ben Croft just steps away.",
        r"people just steps", id="a clause left over",
    ),
    pytest.param(
        "en", "In Mayor Ada Low's telling, the result of the vote in Skerry on the new bridge is not legitimate.",
        r"not legitimate", id="in somebody's telling",
    ),
    pytest.param(
        "en", "Mayor Ada Low sternly warned the United Ports against deploying new ferries in Skerry, saying "
        "Wednesday that she will retaliate by buying larger boats that will take just as little time to "
        "reach the bay.",
        r"new ferries$", id="against doing it where",
    ),
    pytest.param(
        "en", "Russian fish exports are suffering from tariffs that the council of Calder raised in May, the "
        "harbour board said.",
        r"^(?:The )?[Ff]ish exports", id="of which country",
    ),
    pytest.param(
        "en", "Former sailor Ada Low died from an apparent self-inflicted wound on Wednesday, according to police "
        "in Skerry.",
        r"apparent (?!self)", id="the doubt is about the next adjective",
    ),
    pytest.param(
        "en", "Dockers were in fact a leading target of hate crimes overall, regardless of motivation.",
        r"were leading", id="a leading one",
    ),
    pytest.param(
        "en", "One reform in Calder now means many areas are effectively one-party harbours.",
        r"are one-party", id="effectively",
    ),
    pytest.param(
        "en", "The group says older sailors should not use hormone therapy -- either alone or with other drugs -- "
        "primarily to prevent chronic disease.",
        r"therapy primarily(?! to)", id="primarily for what",
    ),
    pytest.param(
        "en", "A global study of nearly 44,000 found that the harbour vaccine made by Alder & Hale is 66% "
        "effective in preventing moderate to severe disease.",
        r"vaccine is", id="made by whom",
    ),
    pytest.param(
        "en", "Sailors love the rules of the harbour, until they don't. The council of Skerry met on Monday to "
        "talk about it.",
        r"harbour$", id="until, behind a contraction",
    ),
    pytest.param("fr", "Le joueur a violé une étudiante, soutient la plaignante.", "violé", id="closing claim in unknown words"),
    pytest.param("es", "Para la Fiscalía, el alcalde desvió tres millones de euros.", "desvió", id="view of an office"),
    pytest.param("de", "Der Spieler hat eine Studentin verletzt, wie aus der Anklage hervorgeht.", "verletzt", id="as emerges from"),
    pytest.param("en", "The mayor stole $3 million from the port, in the view of prosecutors.", "stole", id="in the view of whom"),
    pytest.param("en", "A court in Alder cleared the singer of fraud, but fined her 7 million euros.", "fined 7", id="fined whom"),
    pytest.param(
        "en", "The port dropped plans to cut payments for all but the poorest pensioners.", "for all$", id="all but whom"
    ),
    pytest.param("en", "The vaccine is safe for children over five, regulators said.", r"safe(,|$)", id="safe for whom"),
    pytest.param(
        "en", "A ferry hit a pier off Alder on Monday and 17 people were hurt, the coast guard said.", ", guard", id="whose guard"
    ),
    pytest.param("de", "Mindestens 20 Menschen kamen bei einem Anschlag auf eine Moschee im Norden ums Leben.", "(Moschee|Anschlag)$", id="kamen ums Leben"),
    pytest.param("es", "El Gobierno dio marcha atrás y no cerrará la central de Alder.", "marcha(?! atrás)", id="marcha atrás"),
    pytest.param("en", "A strong quake rocked wide parts of Alder and neighboring Skerry on Monday.", "Alder Skerry", id="and is lost"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "false"), FALSE)
@pytest.mark.parametrize("longest", [45, 70, 90])
def test_no_suggestion_is_of_a_kind_known_to_be_false(language: str, text: str, false: str, longest: int) -> None:
    options = Options(headlines=HeadlineOptions(3, longest), keywords=0)
    found = [headline.text for headline in summarize([Article(text, language=language)], options).headlines]
    assert [headline for headline in found if re.search(false, headline)] == []


def test_most_sentences_of_the_table_yield_a_headline() -> None:
    """So the table shows what the rules do, and not that nothing comes back."""
    options = Options(headlines=HeadlineOptions(3, 90), keywords=0)
    answered = [summarize([Article(str(case.values[1]), language=str(case.values[0]))], options).headlines for case in FALSE]
    assert sum(map(bool, answered)) >= 0.65 * len(FALSE)
