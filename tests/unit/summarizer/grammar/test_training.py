"""Treebanks are read as text has its tokens."""

from training.grammar.conllu import sentences
from training.grammar.treebank import Sentence, in_case, relation_names, tag

CONLLU = """\
# text = Geht zum Hafen.
1\tGeht\tgehen\tVERB\t_\tVerbForm=Fin\t0\troot\t_\t_
2-3\tzum\t_\t_\t_\t_\t_\t_\t_\t_
2\tzu\tzu\tADP\t_\t_\t4\tcase\t_\t_
3\tdem\tder\tDET\t_\tCase=Dat\t4\tdet\t_\t_
4\tHafen\tHafen\tNOUN\t_\t_\t1\tobl\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_

"""


def test_a_multi_word_token_is_one_word() -> None:
    assert list(sentences(CONLLU)) == [
        {
            "words": ["Geht", "zum", "Hafen", "."],
            "upos": ["VERB", "ADP", "NOUN", "PUNCT"],
            "feats": ["VerbForm=Fin", "_", "_", "_"],
            "heads": [-1, 2, 0, 0],
            "relations": ["root", "case", "obl", "punct"],
            "space_after": [1, 1, 0, 1],
        }
    ]


def test_tags_of_verbs_have_the_verb_form() -> None:
    assert [tag("VERB", "Tense=Past|VerbForm=Part"), tag("AUX", "_"), tag("NOUN", "VerbForm=Ger")] == [
        "VERB|Part",
        "AUX",
        "NOUN",
    ]


def test_rare_relations_become_their_base_type() -> None:
    rows = [("nsubj:pass", 30), ("obl:tmod", 3), ("root", 40)]
    relations = [name for name, count in rows for _ in range(count)]
    assert relation_names([Sentence("en", [], [], [], relations, [])]) == ["root", "nsubj:pass", "obl"]


def test_title_case_keeps_the_number_of_words() -> None:
    assert in_case(["the", "McRae", "n't"], "title") == ["The", "McRae", "N't"]
