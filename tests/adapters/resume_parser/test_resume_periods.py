"""Stretches of time in all the forms people write them."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.resume_parser.periods import duration_in_months, find_periods, period_since, years_covered


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Май 2021 — настоящее время", "2021-05", None),
        ("Май 2021 —\nнастоящее время", "2021-05", None),
        ("Июль 2019 - февраль 2022", "2019-07", "2022-02"),
        ("05.2019 – 03.2021", "2019-05", "2021-03"),
        ("05/2019-03/2021", "2019-05", "2021-03"),
        ("01.05.2019 – 15.03.2021", "2019-05", "2021-03"),
        ("2018-2020", "2018", "2020"),
        ("2018 - 2020 гг.", "2018", "2020"),
        ("2018 г. — 2020 г.", "2018", "2020"),
        ("Jan 2020 – Present", "2020-01", None),
        ("September 2017 to June 2019", "2017-09", "2019-06"),
        ("Sept. 2017 - Now", "2017-09", None),
        ("Jan '20 – Mar '21", "2020-01", "2021-03"),
        ("с марта 2019 по н.в.", "2019-03", None),
        ("с марта 2019 г. по н. в.", "2019-03", None),
        ("с 2015 по 2017 год", "2015", "2017"),
        ("04.2019 – по настоящее время", "2019-04", None),
        ("2019-04 — 2020-11", "2019-04", "2020-11"),
        ("май — август 2020", "2020-05", "2020-08"),
        ("янв. 2020 — сейчас", "2020-01", None),
        ("2020 — по сей день", "2020", None),
        ("2021 - current", "2021", None),
    ],
)
def test_a_period_is_read(text: str, start: str, end: str | None, today: date) -> None:
    (period,) = find_periods(text, today)

    assert str(period.start) == start
    assert (None if period.end is None else str(period.end)) == end
    assert text[period.begin : period.finish].strip(" .").startswith(text[:4])


@pytest.mark.parametrize(
    "text",
    [
        "2020 — 2018",
        "2031 — 2033",
        "Паспорт 4510 201920",
        "ИНН 770120192020",
        "8 900 000-20-19",
        "с 9 до 18",
        "110-115 %",
        "p95 упало с 900 до 210 мс",
        "2021",
        "",
    ],
)
def test_what_is_no_period_is_left_alone(text: str, today: date) -> None:
    assert find_periods(text, today) == ()


def test_an_open_period_may_begin_a_line(today: date) -> None:
    period = period_since("с 2019 года — ООО «Ромашка»", today)

    assert period is not None
    assert (str(period.start), period.current) == ("2019", True)
    assert period_since("работаю с 2019 года", today) is None


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("6 лет 7 месяцев", 79),
        ("1 год", 12),
        ("(3 года 5 мес.)", 41),
        ("3 years 2 months", 38),
        ("8 months", 8),
        ("1,5 года", 18),
        ("10+ лет", 120),
        ("три года", None),
        ("6 лет в продажах", None),
        ("", None),
    ],
)
def test_a_length_of_time_is_counted_in_months(text: str, months: int | None) -> None:
    assert duration_in_months(text) == months


@pytest.mark.parametrize(
    ("texts", "years"),
    [
        (["01.2020 – 12.2020"], 1.0),
        (["01.2020 – 12.2020", "07.2020 – 12.2021"], 2.0),
        (["01.2020 – 12.2021", "03.2020 – 05.2020"], 2.0),
        (["2018 – 2020"], 2.0),
        (["01.2026 – н.в."], 0.9),
        (["01.2020 – 12.2020", "01.2022 – 12.2022"], 2.0),
        ([], None),
    ],
)
def test_overlapping_periods_count_once(texts: list[str], years: float | None, today: date) -> None:
    periods = [period for text in texts for period in find_periods(text, today)]

    assert years_covered(periods, today) == years
