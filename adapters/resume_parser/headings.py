"""The headings of a résumé: the usual ones word for word, others by the words they are made of."""

from __future__ import annotations

import re
from enum import Enum


class Kind(Enum):
    """What a section is about; `HEAD` is all that stands above the first heading."""

    HEAD = "head"
    CONTACT = "contact"
    DESIRED = "desired"
    SUMMARY = "summary"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    COURSES = "courses"
    SKILLS = "skills"
    LANGUAGES = "languages"
    OTHER = "other"


_HEADINGS = {
    Kind.CONTACT: """
        контакты|контактная информация|контактные данные|личные данные|личная информация|персональные данные
        |персональная информация|contact|contacts|contact information|contact info|contact details|contact me
        |personal information|personal details|personal data|get in touch""",
    Kind.DESIRED: """
        желаемая должность и зарплата|желаемая должность|желаемая позиция|цель|цель резюме|цель поиска|цели|пожелания
        |пожелания к работе|пожелания к будущей работе|ожидания|условия работы|формат работы|objective|objectives
        |career objective|career goal|goal|desired position|desired job|target position|target role|preferences
        |job preferences|work preferences|employment preferences|expectations""",
    Kind.SUMMARY: """
        о себе|обо мне|кратко о себе|коротко о себе|немного о себе|дополнительно о себе|профиль|профессиональный профиль
        |резюме кандидата|краткое резюме|summary|professional summary|career summary|executive summary|profile
        |professional profile|personal profile|about|about me|personal statement|career profile|overview""",
    Kind.EXPERIENCE: """
        опыт работы|опыт|трудовой опыт|профессиональный опыт|рабочий опыт|трудовая деятельность|трудовой стаж
        |карьера|места работы|место работы|предыдущие места работы|профессиональная деятельность|опыт и достижения
        |experience|work experience|professional experience|employment|employment history|work history|career history
        |job history|career|relevant experience|professional background|employment record|working experience""",
    Kind.EDUCATION: """
        образование|основное образование|высшее образование|базовое образование|обучение|учеба|education
        |academic background|education and training|educational background|academic history|academic qualifications
        |studies|education history""",
    Kind.COURSES: """
        курсы|курсы и тренинги|курсы и сертификаты|повышение квалификации|повышение квалификации курсы
        |дополнительное образование|сертификаты|сертификация|тесты экзамены|электронные сертификаты|тренинги
        |дополнительное обучение|courses|certifications|certification|certificates|certificate|training|trainings
        |licenses|licenses and certifications|certifications and training|professional development
        |courses and certificates|additional education""",
    Kind.SKILLS: """
        навыки|ключевые навыки|профессиональные навыки|технические навыки|профессиональные качества|основные навыки
        |умения|навыки и умения|умения и навыки|навыки и допуски|компетенции|ключевые компетенции|hard skills
        |профессиональные компетенции|технологии|технологический стек|стек|стек технологий|инструменты|знания и навыки
        |компьютерные навыки|владение пк|знание программ|программы|soft skills|гибкие навыки|личные качества|skills
        |key skills|technical skills|core skills|core competencies|competencies|professional skills|skill set
        |skills summary|technologies|tech stack|tools|tools and technologies|technical proficiencies|expertise
        |areas of expertise|it skills|computer skills|programming languages|hard and soft skills""",
    Kind.LANGUAGES: """
        языки|знание языков|иностранные языки|иностранный язык|владение языками|владение иностранными языками
        |знание иностранных языков|уровень языков|languages|language|language skills|foreign languages""",
    Kind.OTHER: """
        дополнительная информация|дополнительно|дополнительные сведения|прочее|хобби|интересы|увлечения|достижения
        |проекты|pet проекты|портфолио|рекомендации|публикации|награды|опыт вождения|гражданство время в пути до работы
        |семейное положение|ссылки|плюсы|документы|история общения с кандидатом|комментарии к резюме|вождение
        |additional information|hobbies|interests|hobbies and interests|projects|personal projects|portfolio|references
        |publications|awards|honors|honours|achievements|key achievements|volunteering|volunteer experience|documents
        |links|miscellaneous|other|activities|additional""",
}


def key(text: str) -> str:
    return "".join(letter for letter in text.casefold().replace("ё", "е").replace("&", "and") if letter.isalpha())


_KIND_BY_KEY = {key(words): kind for kind, names in _HEADINGS.items() for words in names.split("|")}

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_IN_WORDS = 6
# A heading nobody foresaw is made of words that stand in headings and of little ones: "Где работала", "Чем владею".
# The first kind that one of the words tells is taken: "языковые навыки" are languages, "желаемая работа" is a wish.
_TELLING = (
    (Kind.SKILLS, r"программировани[яе]|programming"),
    (Kind.LANGUAGES, r"язык\w{0,3}|языков\w{2,3}|languages?"),
    (
        Kind.DESIRED,
        r"цел[ьи]|желаем\w{2,3}|пожелани[ея]|желани[ея]|ожидани[ея]|ожидаем\w{2,3}|хочу|ищу|претендую|рассчитываю|зарабатывать|зарплат[аеуы]"
        r"|зарплатн\w{2}|заработн\w{2}|доход\w{0,2}|оклад\w{0,2}|оплат[аеуы]|деньги|условия|objectives?|goals?"
        r"|expect(?:ed|ations?)|compensation|salary|preferences?|desired|wanted|seeking",
    ),
    (
        Kind.COURSES,
        r"курс(?:ы|ов)|сертификат(?:ы|ов|ы)|тренинг(?:и|ов)|квалификаци[ия]|courses?|certificat(?:es|ions?)",
    ),
    (
        Kind.EDUCATION,
        r"образовани[еия]|образовательн\w{2}|обучени[ея]|учеба|учебе|учил(?:ся|ась)|учусь|вузы?|диплом|education\w{0,2}|academic|studies"
        r"|studied|degrees?",
    ),
    (
        Kind.SKILLS,
        r"навык(?:и|ов|ах)|умени(?:я|й|ях)|умею|компетенци[ийя]\w?|владею|стек|инструмент(?:ы|ов|арий)|технологи(?:и|й)"
        r"|сильные|качества|знаю|skills?|competenc(?:ies|es|e)|proficienc(?:ies|y)|stack|technologies|expertise|tool"
        r"(?:s|kit|box)|strengths|abilities",
    ),
    (
        Kind.EXPERIENCE,
        r"опыт\w{0,2}|стаж\w{0,2}|карьер\w{1,4}|трудов\w{2,3}|работал[аи]?|биографи[яи]|experience|employment|career|worked",
    ),
    (Kind.SKILLS, r"знани(?:е|я|й)|владени[ея]|knowledge|know"),
    (Kind.LANGUAGES, r"иностранные|говорю|speak"),
    (Kind.CONTACT, r"контакт(?:ы|ов|ах|ная|ные)|связаться|contacts?"),
    (Kind.SUMMARY, r"себе|мне|коротко|кратко|профиль|about|profile|summary"),
)
_KINDS = tuple((kind, re.compile(forms)) for kind, forms in _TELLING)
_PAY = re.compile(r"зарплат|зараб[ао]т|доход|оклад|оплат|salary|compensation", re.IGNORECASE)
_LONGEST_LABEL = 60
_LITTLE = re.compile(
    r"о|об|обо|со|и|мной|получил[аи]?|траектори[яи]|в|во|на|по|к|с|у|что|где|как|чем|кем|мо[йяие]|мое|мои|меня|сво[ий]|немного|профессиональн\w{2,3}"
    r"|ключев\w{2}|основн\w{2}|дополнительн\w{2}|общ[аеи]\w{1,2}|личн\w{2,3}|последн\w{2}|предыдущ\w{2}|прежн\w{2}"
    r"|мест[ао]|работ[аыеу]|работать|работой|деятельност[ьи]|сведени[ея]|данные|информаци[яи]|истори[яи]|пут[ьи]|степени"
    r"|уровень|иностранн\w{2}|компьютерн\w{2}|сторон[ыа]|прочи[ей]|други[ех]|техническ\w{2,3}|делал[аи]?|полученн\w{2}"
    r"|имею\w{0,5}|будущей|новой|должност[ьи]|плат[аеуы]|уровня|финансов\w{2}|ит|hr|пк"
    r"|my|i|we|am|can|do|what|where|how|the|a|an|of|in|at|to|and|for|with|work|works?|working|job|jobs|professional|key"
    r"|core|main|relevant|personal|other|additional|general|technical|information|details|history|background|previous"
    r"|past|recent|me|record|foreign|it|computer|soft|hard|areas?"
)


def kind_of(words: str) -> Kind | None:
    """Return what a heading announces, or `None` when the words are no heading."""
    return _KIND_BY_KEY.get(key(words)) or _kind_by_words(words)


def tells_pay(line: str) -> bool:
    """Tell whether the label that opens a line is about money."""
    return _PAY.search(line[:_LONGEST_LABEL].partition(":")[0]) is not None


def _kind_by_words(words: str) -> Kind | None:
    told = [word.casefold().replace("ё", "е") for word in _WORD.findall(words)]
    if not 0 < len(told) <= _LONGEST_IN_WORDS or not words[:1].isupper():
        return None
    kinds = [{kind for kind, form in _KINDS if form.fullmatch(word)} for word in told]
    if not all(found or _LITTLE.fullmatch(word) for word, found in zip(told, kinds, strict=True)):
        return None
    named = set().union(*kinds)
    # By the order of the table, in which one kind may stand twice, strong words before weak ones.
    return next((kind for kind, form in _KINDS if kind in named and any(map(form.fullmatch, told))), None)
