"""The blind comparison: the sheet hides which system made a summary, and marks are counted for the right system."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.__main__ import main
from bench.preference import SYSTEMS, draw, lead, read_key, read_marks, score, sheet, sign_test, write_form, write_key
from tests.builders import INVENTED_NEWS

SETS = {"ours": 5}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        {"id": f"story-{number}", **json.loads(line)} for number, line in enumerate(INVENTED_NEWS.read_text().splitlines())
    ]
    (tmp_path / "ours.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def test_a_seed_always_draws_the_same_sheet_and_another_seed_a_different_one(folder: Path) -> None:
    pairs = draw(folder, 4, sets=SETS)
    assert pairs == draw(folder, 4, sets=SETS)
    assert len({pair.id for pair in pairs}) == len(pairs) == 5
    assert [pair.id for pair in pairs] != [pair.id for pair in draw(folder, 5, sets=SETS)]


def test_the_sheet_hides_the_systems_and_the_key_names_them(folder: Path) -> None:
    pairs = draw(folder, 4, sets=SETS)
    assert {pair.first for pair in draw(folder, 1, sets=SETS) + pairs} == set(SYSTEMS)  # the order is drawn
    printed = "\n".join(sheet(pairs))
    assert not any(f"{system}:" in printed for system in SYSTEMS)
    assert all(" ".join(pair.a).split()[0] in printed for pair in pairs)
    write_key(pairs, folder / "key")
    assert [(key["row"], {key["first"], key["second"]}) for key in read_key(folder / "key")] == [
        (row, set(SYSTEMS)) for row in range(1, 6)
    ]


def test_the_lead_is_the_first_three_sentences_of_the_first_article(folder: Path) -> None:
    assert lead("One came. Two saw it.\n\nThree left at noon. Four stayed.", "en") == [
        "One came.", "Two saw it.", "Three left at noon.",
    ]  # fmt: skip
    for pair in draw(folder, 4, sets=SETS):
        ours, theirs = (pair.a, pair.b) if pair.first == "ours" else (pair.b, pair.a)
        assert len(ours) <= 3
        assert theirs[0] in " ".join(pair.articles[0].split())


def test_marks_are_counted_for_the_system_behind_the_letter(folder: Path) -> None:
    key = [
        {"row": 1, "set": "cnn", "first": "ours", "second": "lead"},
        {"row": 2, "set": "cnn", "first": "lead", "second": "ours"},
        {"row": 3, "set": "neus", "first": "lead", "second": "ours"},
    ]
    form = folder / "form.csv"
    form.write_text(
        "row,prefer,news_a,news_b,faults_a,faults_b\n1,a,yes,no,,teaser\n2,b,partly,yes,dangling split,repeats\n3,,,,,\n"
    )
    lines = list(score(read_marks(form), key))
    assert "preferred, all: ours 2, lead 0, neither 0" in lines
    assert "sign test, two-sided: p = 0.5000" in lines
    assert "ours tells the news: yes 2 (100%), partly 0 (0%), no 0 (0%)" in lines
    assert any(line.startswith("ours faults: repeats 1 (50%), dangling 0") for line in lines)
    assert any("lead faults" in line and "dangling 1 (50%)" in line and "teaser 1 (50%)" in line for line in lines)


def test_an_unknown_mark_is_refused_with_its_row(folder: Path) -> None:
    form = folder / "form.csv"
    form.write_text("row,prefer,news_a,news_b,faults_a,faults_b\n7,a,yes,no,boring,\n")
    with pytest.raises(ValueError, match="Row 7: 'boring'"):
        read_marks(form)


def test_the_form_has_a_line_for_each_row(folder: Path) -> None:
    write_form(draw(folder, 4, sets=SETS), folder / "form.csv")
    assert len((folder / "form.csv").read_text().splitlines()) == 6
    assert read_marks(folder / "form.csv") == []


@pytest.mark.parametrize(("one", "other", "p"), [(0, 0, 1.0), (5, 5, 1.0), (8, 2, 0.109), (2, 8, 0.109), (60, 30, 0.002)])
def test_sign_test(one: int, other: int, p: float) -> None:
    assert sign_test(one, other) == pytest.approx(p, abs=0.001)


def test_the_command_prints_the_score_and_reports_missing_arguments(folder: Path) -> None:
    (folder / "key").write_text('{"row": 1, "set": "cnn", "first": "ours", "second": "lead"}\n')
    (folder / "form.csv").write_text("row,prefer,news_a,news_b,faults_a,faults_b\n1,b,yes,yes,,\n")
    arguments = ["preference", "--key", str(folder / "key")]
    scored = CliRunner().invoke(main, [*arguments, "--marks", str(folder / "form.csv")])
    assert "preferred, all: ours 0, lead 1, neither 0" in scored.output
    assert CliRunner().invoke(main, arguments).exit_code == 2
