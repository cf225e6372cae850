"""`evaluate rank`: our ranking measured on judged pairs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.entrypoints.cli.conftest import Run

LEXICAL = ("ours", "random", "bm25")
FIGURES = ("ndcg", "precision", "mrr")

RESUMES: list[Any] = [
    {
        "id": "anna",
        "language": "ru",
        "part": "tuning",
        "resume": {"desired_position": "Python-разработчик", "skills": ["Python", "Django"], "years_experience": 3},
    },
    {
        "id": "boris",
        "language": "en",
        "part": "final",
        "resume": {"desired_position": "Truck driver", "skills": ["Licence C"], "preferred_region": "Kazan"},
    },
]
VACANCIES: list[Any] = [
    {"id": "py", "language": "ru", "title": "Разработчик Python", "requirements": "Python, Django"},
    {"id": "drive", "language": "en", "title": "Truck driver", "requirements": "Licence C"},
    {"id": "fleur", "language": "ru", "title": "Флорист", "requirements": "Любовь к цветам"},
]
GRADES: list[Any] = [
    {"resume": "anna", "vacancy": "py", "grade": 3},
    {"resume": "anna", "vacancy": "drive", "grade": 0},
    {"resume": "anna", "vacancy": "fleur", "grade": 0},
    {"resume": "boris", "vacancy": "drive", "grade": 3},
]


def a_set(folder: Path, resumes: list[Any], vacancies: list[Any], grades: list[Any]) -> tuple[Path, Path, Path]:
    """Write a judged set; texts are lines as they are, everything else is JSON."""
    written = []
    for name, lines in (("queries", resumes), ("vacancies", vacancies), ("qrels", grades)):
        file = folder / f"{name}.jsonl"
        plain = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        file.write_text("\n".join(plain), "utf-8")
        written.append(file)
    return written[0], written[1], written[2]


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path, Path]:
    return a_set(tmp_path, RESUMES, VACANCIES, GRADES)


def test_each_ranking_has_its_figures_with_intervals_and_ours_its_lead(run: Run, small: tuple[Path, ...]) -> None:
    ended = run("evaluate", "rank", *small, "--json")

    (told,) = ended.objects
    (section,) = told["sections"]
    assert ended.status == 0
    assert (section["resumes"], section["vacancies"], section["left_out"], section["languages"]) == (2, 3, 0, None)
    for name in LEXICAL:
        row = section["rankings"][name]
        assert all(set(row["measured"][figure]) == {"mean", "low", "high"} for figure in FIGURES)
        assert 0 <= row["judged"] <= 1
        assert (row["ours_above"] is None) == (name == "ours")
    assert section["rankings"]["ours"]["measured"]["ndcg"]["mean"] == 1
    assert section["rankings"]["random"]["ours_above"]["ndcg"]["mean"] > 0


def test_the_table_says_the_same_in_words(run: Run, small: tuple[Path, ...]) -> None:
    ended = run("evaluate", "rank", *small)

    lines = ended.out.splitlines()
    assert ended.status == 0
    assert lines[2] == "all languages: 2 résumés, 3 vacancies"
    assert lines[3].split() == ["nDCG@10", "P@5", "MRR", "judged@10"]
    assert [line.split()[0] for line in lines[4:7]] == list(LEXICAL)
    assert lines[4].split()[1:4] == ["1.000", "[1.00", "1.00]"]
    assert any(line.startswith("ours above bm25 ") for line in lines)


def test_a_ranking_that_needs_a_model_says_when_there_is_none_or_has_figures(run: Run, small: tuple[Path, ...]) -> None:
    (told,) = run("evaluate", "rank", *small, "--json").objects
    lines = {line.split(maxsplit=1)[0]: line for line in run("evaluate", "rank", *small).out.splitlines() if line}

    rankings = told["sections"][0]["rankings"]
    assert {"embedding", "bm25+embedding"} <= set(rankings)
    for name in ("embedding", "bm25+embedding"):
        assert lines[name].endswith("no model") == (rankings[name] is None)


def test_pairs_of_languages_have_tables_of_their_own(run: Run, small: tuple[Path, ...]) -> None:
    (told,) = run("evaluate", "rank", *small, "--language-pairs", "--json").objects
    table = run("evaluate", "rank", *small, "--language-pairs").out

    sections = {tuple(each["languages"]): each for each in told["sections"][1:]}
    assert list(sections) == [("en", "en"), ("ru", "ru"), ("en", "ru"), ("ru", "en")]
    assert (sections["ru", "ru"]["resumes"], sections["ru", "ru"]["vacancies"]) == (1, 2)
    assert (sections["en", "ru"]["resumes"], sections["en", "ru"]["left_out"]) == (0, 1)
    assert sections["en", "ru"]["rankings"]["ours"] is None
    assert "ru → ru: 1 résumés, 2 vacancies" in table
    assert "en → ru: 0 résumés, 2 vacancies, 1 left out" in table


def test_what_a_score_means_is_told_for_all_and_for_each_group(run: Run, tmp_path: Path) -> None:
    judged = a_set(tmp_path, [{**RESUMES[0], "group": "software"}, RESUMES[1]], VACANCIES, GRADES)

    (told,) = run("evaluate", "rank", *judged, "--reading", "--json").objects
    table = run("evaluate", "rank", *judged, "--reading").out

    everybody, software = told["readings"]
    assert [(each["group"], each["resumes"]) for each in told["readings"]] == [(None, 2), ("software", 1)]
    assert [(band["least"], band["most"]) for band in everybody["bands"]] == [(80, 100), (60, 79), (40, 59), (0, 39)]
    assert [sum(band["graded"][grade] for band in everybody["bands"]) for grade in range(4)] == [2, 0, 0, 2]
    assert sum(band["unjudged"] for band in everybody["bands"]) == 2
    lowest = software["bands"][-1]
    assert (lowest["graded"], lowest["shares"], lowest["relevant"]) == ([2, 0, 0, 0], [1, 0, 0, 0], 0)
    assert "What a score means, all professions: 2 résumés" in table
    rows = table[table.index("What a score means, software: 1 résumés") :].splitlines()
    assert rows[-1].split() == ["score", "0", "to", "39", *["0", "%"] * 3, "100", "%", "0", "%", "2", "0"]
    assert any(row.split()[4:] == ["-"] * 5 + ["0", "0"] for row in rows)
    assert "readings" not in run("evaluate", "rank", *judged, "--json").objects[0]


def test_a_part_is_measured_by_itself(run: Run, small: tuple[Path, ...]) -> None:
    (told,) = run("evaluate", "rank", *small, "--part", "final", "--per-query", "--json").objects

    assert (told["part"], [each["id"] for each in told["queries"]]) == ("final", ["boris"])
    assert ", part final;" in run("evaluate", "rank", *small, "--part", "final").out


def test_a_quick_look_takes_the_first_ones(run: Run, small: tuple[Path, ...]) -> None:
    (told,) = run("evaluate", "rank", *small, "--most", "1", "--per-query", "--json").objects

    assert [each["id"] for each in told["queries"]] == ["anna"]


def test_each_resume_is_told_with_what_stands_first_and_what_is_missed(run: Run, tmp_path: Path) -> None:
    crowd = [{"id": f"py{number}", "title": "Разработчик Python"} for number in range(12)]
    judged = a_set(
        tmp_path,
        RESUMES,
        [*VACANCIES, *crowd],
        [{"resume": "anna", "vacancy": "fleur", "grade": 3}, GRADES[-1], {**GRADES[0], "grade": 2}],
    )

    (told,) = run("evaluate", "rank", *judged, "--per-query", "--json").objects
    table = run("evaluate", "rank", *judged, "--per-query").out

    worst, best = told["queries"]
    assert (worst["id"], worst["position"], best["id"]) == ("anna", "Python-разработчик", "boris")
    assert [each["vacancy_id"] for each in worst["missed"]] == ["fleur"]
    assert best["missed"] == []
    assert best["first"][0] == {"place": 1, "vacancy_id": "drive", "title": "Truck driver", "grade": 3}
    assert "1. [3] drive  Truck driver" in table
    assert "[3] fleur  Флорист" in table
    assert "[-] py" in table
    assert table.index("anna  Python-разработчик: nDCG@10 ours") < table.index("boris  Truck driver: nDCG@10 ours")


def test_languages_and_parts_may_be_left_out_and_ids_may_be_numbers(run: Run, tmp_path: Path) -> None:
    judged = a_set(
        tmp_path,
        [{"id": 1, "resume": {"desired_position": "Водитель"}}, {"id": 2, "resume": {"desired_position": "Driver"}}],
        [{"id": 10, "title": "Водитель"}, {"id": 20, "title": "Driver", "colour": "red"}],
        [{"resume": resume, "vacancy": vacancy, "grade": 1} for resume in (1, 2) for vacancy in (10, 20)],
    )

    (told,) = run("evaluate", "rank", *judged, "--language-pairs", "--json").objects

    assert [each["resumes"] for each in told["sections"]] == [2, 1, 1, 1, 1]


def test_bad_lines_are_told_and_left_out(run: Run, tmp_path: Path) -> None:
    judged = a_set(
        tmp_path,
        [*RESUMES, "{torn", {"id": "carl"}, {**RESUMES[0], "part": "both"}, RESUMES[0]],
        [*VACANCIES, {"id": "untitled"}, {"id": "w", "title": "<p></p>"}],
        [*GRADES, {**GRADES[0], "grade": 4}, {**GRADES[0], "resume": "nobody"}, {**GRADES[0], "vacancy": "nothing"}],
    )

    ended = run("evaluate", "rank", *judged, "--json")

    told = ended.err.splitlines()
    assert ended.status == 0
    assert [line.split(": ")[0] for line in told if ":" in line] == [
        "QUERIES:3",
        "QUERIES:4",
        "QUERIES:5",
        "QUERIES:6",
        "VACANCIES:4",
        "QRELS:5",
        "QRELS",
        "VACANCIES",
    ]
    assert "QRELS: 2 grades are of résumés or vacancies that are not there" in told
    assert "VACANCIES: w: title" in ended.err
    assert ended.objects[0]["sections"][0]["resumes"] == 2


def test_the_same_set_gives_the_same_bytes(run: Run, small: tuple[Path, ...]) -> None:
    assert run("evaluate", "rank", *small).out == run("evaluate", "rank", *small).out


def test_where_nothing_can_be_measured_it_says_so(run: Run, tmp_path: Path) -> None:
    ended = run("evaluate", "rank", *a_set(tmp_path, RESUMES, VACANCIES, []))

    assert (ended.status, ended.out) == (1, "")
    assert "nothing to measure" in ended.err


def test_some_of_the_files_are_not_enough(run: Run, small: tuple[Path, ...]) -> None:
    ended = run("evaluate", "rank", *small[:2])

    assert ended.status == 2
    assert "Give all three files, or none" in ended.err


@pytest.mark.timeout(120)
def test_without_files_the_shipped_set_is_measured(run: Run) -> None:
    ended = run("evaluate", "rank", "--language-pairs", "--most", "8", "--json")

    (told,) = ended.objects
    assert (ended.status, ended.err.strip()) == (0, "Ranking")
    assert [each["languages"] for each in told["sections"]] == [
        None,
        ["en", "en"],
        ["ru", "ru"],
        ["en", "ru"],
        ["ru", "en"],
    ]
    for section in told["sections"]:
        chance, ours = section["rankings"]["random"], section["rankings"]["ours"]
        assert chance["measured"]["ndcg"]["high"] < 0.1 < 0.5 < ours["measured"]["ndcg"]["low"]
        assert chance["ours_above"]["ndcg"]["low"] > 0
