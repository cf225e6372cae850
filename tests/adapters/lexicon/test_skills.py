"""The skill catalogue: its data, what it finds in a text, what it must not find, how it reads a name."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.lexicon.skills import SkillCatalogue
from adapters.lexicon.skills_file import Entry, read_entries

CATALOGUE = SkillCatalogue()
LINES = resources.files("adapters.lexicon").joinpath("data", "skills.txt").read_text(encoding="utf-8").splitlines()
ENTRIES = [entry for entry in read_entries(LINES, "skills.txt") if not entry.ignored]


def found(text: str) -> list[str]:
    return [mention.skill for mention in CATALOGUE.find(text)]


def spelled_in(entry: Entry, letters: str) -> bool:
    return any(re.search(letters, spelling.text, re.IGNORECASE) for spelling in entry.spellings)


def test_the_catalogue_holds_enough_skills_of_each_kind() -> None:
    skills = CATALOGUE.skills()

    assert len(skills) >= 3_400
    assert sum(skill.generic for skill in skills) >= 30
    assert sum(skill.licence for skill in skills) >= 15
    assert len({skill.category for skill in skills}) >= 35


def test_no_name_stands_in_the_shipped_file_twice() -> None:
    names = [entry.skill.name.casefold() for entry in ENTRIES]

    assert len(names) == len(set(names))


def test_every_skill_outside_it_has_a_russian_and_an_english_spelling() -> None:
    others = [entry for entry in ENTRIES if entry.field != "it"]

    lacking = [e.skill.name for e in others if not (spelled_in(e, "[а-яё]{2}") and spelled_in(e, "[a-z0-9]{2}"))]

    assert lacking == []


def test_nearly_every_it_skill_has_both_spellings() -> None:
    it = [entry for entry in ENTRIES if entry.field == "it"]

    lacking = [e.skill.name for e in it if not (spelled_in(e, "[а-яё]{2}") and spelled_in(e, "[a-z0-9]"))]

    assert len(lacking) < len(it) * 0.12, lacking


def test_nothing_implies_itself_or_what_implies_it() -> None:
    circles = [
        (skill.name, other)
        for skill in CATALOGUE.skills()
        for other in skill.implies
        if skill.name in CATALOGUE.implied([other])
    ]

    assert circles == []


def test_every_canonical_name_is_known_by_itself() -> None:
    lost = [skill.name for skill in CATALOGUE.skills() if CATALOGUE.named(skill.name) != skill.name]

    assert lost == []


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Пишем на C, C++, C# и .NET", ["C", "C++", "C#", ".NET"]),
        ("Стек: С++17, С# (кириллицей)", ["C++", "C#"]),
        ("ASP.NET/C#, ADO.NET", ["ASP.NET", "C#", "ADO.NET"]),
        ("Node.js, node js и NodeJS", ["Node.js"] * 3),
        ("Java и JavaScript", ["Java", "JavaScript"]),
        ("Знание Go, Rust, R и SQL", ["Go", "Rust", "R", "SQL"]),
        ("Go-разработчик", ["Go"]),
        ("Golang developer", ["Go"]),
        ("TypeScript (ts), js", ["TypeScript", "TypeScript", "JavaScript"]),
        ("опыт с постгресом, кубером, докером", ["PostgreSQL", "Kubernetes", "Docker"]),
        ("писал на питоне и джанго, очереди в редисе", ["Python", "Django", "Redis"]),
        ("кликхаус, монга, джира", ["ClickHouse", "MongoDB", "Jira"]),
        ("Python и плюсы", ["Python", "C++"]),
        ("k8s, psql, CI/CD, TCP/IP", ["Kubernetes", "PostgreSQL", "CI/CD", "TCP/IP"]),
        ("уверенный эксель, Word", ["Excel", "Word"]),
        ("UI/UX, фигма", ["UX/UI-дизайн", "Figma"]),
        ("1С: Предприятие 8.3", ["1С:Предприятие"]),
        ("1C (латиницей)", ["1С:Предприятие"]),
        ("ведение учёта в 1С «Бухгалтерия»", ["1С:Бухгалтерия"]),
        ("знание 1С:Бухгалтерии и 1С ЗУП", ["1С:Бухгалтерия", "1С:ЗУП"]),
        ("программист 1C", ["Программирование 1С"]),
        ("Опыт холодных звонков", ["Холодные звонки"]),
        ("cold calls and negotiations", ["Холодные звонки", "Ведение переговоров"]),
        ("РАБОТА С ВОЗРАЖЕНИЯМИ", ["Работа с возражениями"]),
        ("навыки работы с возражениями", ["Работа с возражениями"]),
        ("НДС, РСБУ, МСФО (IFRS)", ["НДС", "РСБУ", "МСФО", "МСФО"]),
        ("первичная документация, акты сверки", ["Первичная документация", "Акты сверки"]),
        ("Чтение чертежей, AutoCAD, составление смет", ["Чтение чертежей", "AutoCAD", "Сметное дело"]),
        ("знание ГОСТов и СНиП", ["ГОСТ", "ГОСТ"]),
        ("наличие медкнижки", ["Медицинская книжка"]),
        ("мед. книжка обязательна", ["Медицинская книжка"]),
        ("III группа допуска по электробезопасности", ["Группа допуска по электробезопасности"]),
        ("удостоверения охранника", ["Удостоверение частного охранника"]),
        ("сварка аргоном, полуавтоматическая сварка", ["Аргонодуговая сварка", "Полуавтоматическая сварка"]),
        ("латте-арт и приготовление кофе", ["Приготовление кофе"] * 2),
        ("аппаратный маникюр, наращивание ногтей", ["Маникюр", "Наращивание ногтей"]),
        ("сборка заказов с ТСД", ["Сборка заказов", "Терминал сбора данных"]),
        ("доработка\nсайтов на 1С-Битрикс", ["1С-Битрикс"]),
        ("английский — B2, немецкий — A2", ["Английский язык", "Немецкий язык"]),
        ("ПК, коммуникабельность, teamwork", ["ПК", "Коммуникабельность", "Работа в команде"]),
        ("ОСНО и УСН", ["ОСНО", "УСН"]),
        ("Android, Kotlin", ["Android-разработка", "Kotlin"]),
        ("Разработка под Android", ["Android-разработка"]),
        ("LightGBM, XGBoost, Pinia, k6", ["LightGBM", "XGBoost", "Pinia", "k6"]),
        ("Метрика и Яндекс.Директ, SEO", ["Яндекс.Директ", "SEO"]),
        ("Руковожу отделом из пяти бухгалтеров", ["Управление командой"]),
        ("led a team of 5", ["Управление командой"]),
        ("Excel (сводные, ВПР)", ["Excel", "Сводные таблицы", "ВПР"]),
        ("manual and regression testing", ["Ручное тестирование", "Регрессионное тестирование"]),
        ("действующий сертификат специалиста, медсестра", ["Медицинская аккредитация", "Сестринское дело"]),
        ("удостоверение тракториста-машиниста (категории С, D)", ["Удостоверение тракториста-машиниста"] * 2),
        ("карта СКЗИ", ["Карта тахографа"]),
        ("tacho card", ["Карта тахографа"]),
        ("права на вилочный погрузчик", ["Удостоверение водителя погрузчика"]),
        ("аккредитация до 2028", ["Медицинская аккредитация"]),
        ("Electrical safety group IV", ["Группа допуска по электробезопасности"]),
        ("группа допуска IV", ["Группа допуска по электробезопасности"]),
        ("обмены в 1 С, УТ 11 и ЗУП 3.1", ["1С:Предприятие", "1С:УТ", "1С:ЗУП"]),
        ("эмбеддинги и дообучение моделей", ["Эмбеддинги", "Fine-tuning моделей"]),
        ("EKS, Terragrunt, Loki", ["Amazon EKS", "Terragrunt", "Grafana"]),
        ("су-вид, соусная база, ХАССП", ["Су-вид", "Приготовление соусов", "ХАССП"]),
        ("GTAW и SMAW, ВИК", ["Аргонодуговая сварка", "Ручная дуговая сварка", "Визуально-измерительный контроль"]),
        ("1С (Бухгалтерия)", ["1С:Бухгалтерия"]),
        ("фреймворк Джа\u0301нго, вёрстка и верстка", ["Django", "Вёрстка сайтов", "Вёрстка сайтов"]),
    ],
)
def test_a_skill_is_found_however_it_is_written(text: str, skills: list[str]) -> None:
    assert found(text) == skills


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Права категории В, С и Е", "BCE"),
        ("водительское удостоверение категории B", "B"),
        ("права кат. B/C", "BC"),
        ("Driving licence category C", "C"),
        ("категории «B», «C»", "BC"),
        ("Python, C и категории B и C", "BC"),
        ("категории B\nВ обязанности входит доставка", "B"),
        ("Licence B, C, E", "BCE"),
        ("Driving licence categories B, C and E", "BCE"),
    ],
)
def test_every_driving_category_of_a_list_is_a_licence_of_its_own(text: str, letters: str) -> None:
    licences = [name for name in found(text) if name.startswith("Водительские права категории")]

    assert licences == [f"Водительские права категории {letter}" for letter in letters]
    assert all((skill := CATALOGUE.skill(name)) is not None and skill.licence for name in licences)


@pytest.mark.parametrize(
    "text",
    [
        "Витамин C и витамин Е",
        "R&D центр",
        "C-level, C-suite",
        "Let's go! Go to the office",
        "we go further and excel at what we do",
        "we react quickly, express ourselves and spring into action",
        "the rest of the word",
        "net salary",
        "пишите на ivan.go@example.com или java@example.ru",
        "https://go.example.ru/docker/python",
        "сайт node.example.com, www.redis.example.org",
        "пишите в телеграм @python_jobs или @docker",
        "JavaBean и Pythonic",
        "товары этой категории в магазине",
        "в категории с большим спросом",
        "парковка для гостей, гостям подарки",
        "каска и аудио",
        "ДМС, до вычета налогов",
        "добровольное медицинское страхование после испытательного срока",
        "health insurance and equal opportunities",
        "опыт от трёх лет, и не менее",
        "A solid background",
        "time window",
        "взаимодействие с бухгалтерами, юристами, врачами",
        "work closely with product managers and graphic designers",
        "оформление по ТК РФ, ДМС со стоматологией",
        "факультет информационных технологий",
        "Нетология, скалолазание, спрингер",
        "снег, рубль, рубить, растёт",
        "injection moulded parts",
        "кандидат А. Иванов, C. Петров",
        "10 ml, 5 s",
        "my_python_file и docker_image",
        "знание основ",
        "смартфон на Android",
        "сертификат специалиста по этикету",
        "анализировать метрики",
        "food delivery app",
        "canvas",
        "полный день, семь часов, узкие места",
        "будем рады новым людям",
        "за каждым закреплён телефон",
        "готовить данные к пятнице",
        "печать на этажах",
        "a solid test for minutes",
        "ring the manual bell",
        "",
        " \n\t ",
    ],
)
def test_what_only_looks_like_a_skill_is_not_found(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("подбор и адаптация персонала", ["Подбор персонала", "Адаптация персонала"]),
        ("оценка, обучение и мотивация персонала", ["Оценка персонала", "Обучение персонала", "Мотивация персонала"]),
        (
            "контроль дебиторской и кредиторской задолженности",
            ["Дебиторская задолженность", "Кредиторская задолженность"],
        ),
        ("холодных и тёплых звонков", ["Холодные звонки", "Тёплые продажи"]),
        ("работа с возражениями и рекламациями", ["Работа с возражениями", "Работа с жалобами"]),
    ],
)
def test_the_words_that_a_list_shares_belong_to_each_of_it(text: str, skills: list[str]) -> None:
    assert found(text) == skills


def test_an_adjective_shares_no_noun_with_a_noun_before_it() -> None:
    assert found("оборудования, телефонной связи") == []


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("подготовка ежемесячных отчётов", ["Составление отчётности"]),
        ("разработка мобильных приложений", ["Мобильная разработка"]),
        ("manage budgets", ["Бюджетирование"]),
        ("manage our team", ["Управление командой"]),
    ],
)
def test_words_that_change_nothing_hide_no_skill(text: str, skills: list[str]) -> None:
    assert found(text) == skills


def test_what_somebody_does_is_named_by_a_verb_too() -> None:
    assert found("Составлять отчётность, проводить тренинги") == ["Составление отчётности", "Проведение тренингов"]
    assert found("вела переговоры, оформляла первичную документацию") == [
        "Ведение переговоров",
        "Первичная документация",
    ]


def test_java_is_never_found_inside_javascript() -> None:
    assert found("JavaScript") == ["JavaScript"]
    assert found("java script") == ["JavaScript"]


def test_an_ambiguous_name_counts_alone_or_among_skills_of_its_field() -> None:
    assert found("Go") == ["Go"]
    assert found("Docker, Go") == ["Docker", "Go"]
    assert found("Go ahead, медкнижка") == ["Медицинская книжка"]


def test_a_name_may_ask_for_a_skill_of_its_own_category_beside_it() -> None:
    assert found("Excel, сводные") == ["Excel", "Сводные таблицы"]
    assert found("Python, сводные") == ["Python"]


def test_a_trailer_to_a_car_is_no_licence_for_a_lorry() -> None:
    assert found("категория BE") == ["Водительские права категории BE"]
    assert found("категория CE") == ["Водительские права категории E"]
    assert "Водительские права категории E" not in CATALOGUE.implied(
        ["Водительские права категории B", "Водительские права категории BE"]
    )


def test_an_exact_name_is_named_in_any_letter_case_but_in_no_other_form() -> None:
    assert CATALOGUE.named("осно") == "ОСНО"
    assert CATALOGUE.named("основы") is None


def test_the_words_of_a_mention_stand_where_it_says() -> None:
    text = "🙂 Опыт  холодных\u00a0звонков, С++ и node.js;\nмедкнижка"

    mentions = CATALOGUE.find(text)

    assert [mention.words for mention in mentions] == ["холодных\u00a0звонков", "С++", "node.js", "медкнижка"]
    assert all(text[mention.start : mention.end] == mention.words for mention in mentions)


def test_letters_taken_apart_by_a_pdf_are_read_and_keep_their_offsets() -> None:
    text = "дизаи\u0306н приложений и веб-дизаи\u0306н, тести\u00adрование"

    mentions = CATALOGUE.find(text)

    assert [mention.skill for mention in mentions] == ["Веб-дизайн", "Тестирование ПО"]
    assert [mention.words for mention in mentions] == ["веб-дизаи\u0306н", "тести\u00adрование"]


PIECES = st.sampled_from(
    [
        "Python",
        "C++",
        "С#",
        ".NET",
        "категории B",
        ", C",
        "1С",
        "Go",
        " ",
        ", ",
        "\n",
        "@",
        "я",
        "ё",
        "🙂",
        "docker.io",
        "R&D",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map("".join))
def test_mentions_are_ordered_apart_and_true_to_any_text(text: str) -> None:
    mentions = CATALOGUE.find(text)

    assert all(text[mention.start : mention.end] == mention.words != "" for mention in mentions)
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    assert all(CATALOGUE.skill(mention.skill) is not None for mention in mentions)


@given(st.text(max_size=40))
def test_any_name_is_answered_with_a_name_of_the_catalogue_or_nothing(name: str) -> None:
    canonical = CATALOGUE.named(name)

    assert canonical is None or CATALOGUE.skill(canonical) is not None


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("postgres", "PostgreSQL"),
        ("Питон", "Python"),
        ("go", "Go"),
        ("c", "C"),
        ("excel", "Excel"),
        ("1с бухгалтерия", "1С:Бухгалтерия"),
        ("1C: Бухгалтерия", "1С:Бухгалтерия"),
        ("холодных звонков", "Холодные звонки"),
        ("Pyhton", "Python"),
        ("postgressql", "PostgreSQL"),
        ("Kubernets", "Kubernetes"),
        ("Angualr", "Angular"),
        ("холодные звонкии", "Холодные звонки"),
        ("JavaScrip", "JavaScript"),
        ("Java", "Java"),
        ("java script", "JavaScript"),
        ("PostgreSql ", "PostgreSQL"),
    ],
)
def test_a_name_is_read_with_its_spelling_and_typing_slips(written: str, canonical: str) -> None:
    assert CATALOGUE.named(written) == canonical


@pytest.mark.parametrize(
    "written",
    ["Jav", "Jaba", "b2d sales", "Python33", "витамин C", "ДМС", "грузовая логистика будущего", "", "++", "Vu"],
)
def test_a_name_that_is_only_near_a_skill_is_not_taken_for_it(written: str) -> None:
    assert CATALOGUE.named(written) is None


def test_implied_skills_are_followed_to_the_end() -> None:
    implied = CATALOGUE.implied(["Django REST Framework", "PostgreSQL", "Вязание"])

    of_django = {"Django REST Framework", "Django", "Python", "Бэкенд-разработка"}
    assert implied == of_django | {"PostgreSQL", "SQL", "Базы данных", "Вязание"}


def test_an_unknown_name_has_no_entry() -> None:
    assert CATALOGUE.skill("Вязание") is None
    assert CATALOGUE.skill("ДМС") is None


def test_an_operator_adds_skills_and_spellings(tmp_path: Path) -> None:
    additions = tmp_path / "additions.txt"
    additions.write_text(
        "# Ours\n[hobby/crafts]\nВязание | knitting, вязка спицами | implies Рукоделие\nРукоделие | needlework\n"
        "[it/programming languages]\nPython | змеиный язык\n",
        encoding="utf-8",
    )

    catalogue = SkillCatalogue(additions)

    assert [mention.skill for mention in catalogue.find("вязание и knitting; змеиным языком")] == [
        "Вязание",
        "Вязание",
        "Python",
    ]
    assert catalogue.implied(["Вязание"]) == {"Вязание", "Рукоделие"}


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("[it]\nВязание | knitting", r"additions\.txt:1: a heading"),
        ("Вязание | knitting", r"additions\.txt:1: .*before the first"),
        ("[a/b]\n\nВязание", r"additions\.txt:3: .*columns"),
        ("[a/b]\nВязание | knitting | often", r"additions\.txt:2: unknown note 'often'"),
        ("[a/b]\nВязание | =, knitting", r"additions\.txt:2: an empty"),
        ("[a/b]\nВязание | !!!", r"additions\.txt:2: '!!!' has no word"),
        ("[a/b]\nВязание | питон", r"additions\.txt:2: 'питон' is already a spelling of Python"),
        ("[a/b]\nВязание | knitting | implies Уют", r"additions\.txt:2: implies Уют"),
        ("[a/b]\nPython | змеиный", r"additions\.txt:2: Python is already under"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, lines: str, complaint: str) -> None:
    additions = tmp_path / "additions.txt"
    additions.write_text(lines, encoding="utf-8")

    with pytest.raises(ValueError, match=complaint):
        SkillCatalogue(additions)


def test_threads_share_a_catalogue() -> None:
    texts = [f"Python, докером №{number}, холодных звонков" for number in range(200)]

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(found, texts))

    assert answers == [["Python", "Docker", "Холодные звонки"]] * 200
