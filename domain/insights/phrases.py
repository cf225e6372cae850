"""Signs by which sentences of a résumé are told apart: figures, outcomes, empty phrases, the first person."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from domain.matching.lexicon import Mention

# A dot before a small letter is that of an abbreviation: "400 тыс. рублей".
_SENTENCE_END = re.compile(r"\n+|(?<=[.!?…])\s+(?=[^\sa-zа-яё])|\s*[;•▪●]\s*")
# "Вернула 6,2 млн рублей, уменьшила долги на 30 %" tells two results.
_CLAUSE_END = re.compile(r",\s+|:\s+|\s(?:и|а|но|and|but)\s")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")

_NUMBER = re.compile(
    r"(?<![\w.,/№#])\d+(?:[ \u00a0\u202f,]\d{3})*(?:[.,]\d+)?"
    r"(?:(?P<unit>\s?(?:%|(?:k|к|m|м|x|х|ms|мс|[kmgt]b|[кмгт]б|rps|km|км)\b))|(?![\w/]|\.\d))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# A length of service, a grade or a year of study measures nothing that was achieved.
_NO_MEASURE = re.compile(
    r"[-–]?(?:го|й|х|я|е)?\s?(?:лет|года?|году|годов|years?|yrs?|разряд\w*|класс\w*|категори\w*|курс\w*|grade|г\.)(?!\w)",
    re.IGNORECASE,
)
_VERSION_LEAD = re.compile(r"[\s(-]*(?:v\.?|версии?|version)?\s*", re.IGNORECASE)
_NUMBER_WORD = re.compile(
    r"\b(?:дв(?:а|е|ух|ум|умя|оих|ое)|тр(?:и|ех|ем|емя|оих|ое)|четыр(?:е|ех|мя|ем)|четверо|четверых|пят(?:ь|и|еро|ерых)|"
    r"шест(?:ь|и)|сем(?:ь|и)|восемь|восьми|девят(?:ь|и)|десят(?:ь|и|ок|ки|ков)|двенадцат[ьи]|пятнадцат[ьи]|двадцат[ьи]|"
    r"тридцат[ьи]|сорок|сот(?:ня|ни|ен)|тысяч\w*|миллион\w*|дюжин\w*|вдвое|втрое|вчетверо|наполовину|полтора|"
    r"на (?:треть|четверть|половину)|удвои\w+|утрои\w+|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundreds?|thousands?|"
    r"millions?|dozens?|doubled|tripled|halved|twice|(?:by|in) half|a third|a quarter)\b"
    r"(?!\s(?:лет|год\w*|years?|разряд\w*|курс\w*)\b)",
    re.IGNORECASE,
)

# Up to their past ending: "сократил", "сократила", "сократили", "сократилось".
_ENDED = (
    r"автоматизирова|верну|внедри|возглави|восстанови|вве|выве|выигра|выполни|вырасти|высвободи|выстрои|доби|"
    r"добави|дове|завери|завоева|заключи|закры|запусти|защити|изготови|исправи|ликвидирова|модернизирова|"
    r"налади|написа|настрои|обнаружи|обнови|обучи|оптимизирова|организова|освои|отби|откры|отлади|переве|"
    r"перевыполни|передела|переписа|перестрои|переработа|победи|повыси|подготови|подня|подписа|покры|получи|"
    r"построи|предотврати|привле|приве|придума|приня|прове|прода|раздели|разработа|расшири|реализова|"
    r"реорганизова|реши|сверну|сда|сдела|снизи|собра|согласова|созда|сократи|сохрани|состави|спроектирова|"
    r"стабилизирова|сформирова|сэкономи|увеличи|удвои|удержа|укрепи|улучши|уменьши|упа|упрости|ускори|устрани|"
    r"утрои|заверши|урегулирова|наня|убра"
)
_ENDED_OTHERWISE = (
    r"(?:перене|выне|вне|спа)с(?:ла|ли|ло)?|(?:вы|воз)рос(?:ла|ли|ло)?|достиг(?:ла|ли)?|привлек(?:ла|ли)?|"
    r"сберег(?:ла|ли)?|наш(?:ел|ла|ли)|прош(?:ел|ла|ли)|помог(?:ла|ли)?"
)
# "Внедрён учёт", "обучено пять человек".
_DONE = (
    r"(?:автоматизирован|внедрен|возвращен|восстановлен|выполнен|запущен|защищен|налажен|обучен|оптимизирован|"
    r"организован|открыт|перевыполнен|повышен|подготовлен|построен|разработан|реализован|сдан|сокращен|создан|"
    r"снижен|сэкономлен|увеличен|улучшен|уменьшен|ускорен|устранен|достигнут|взыскан)[аоы]?"
)
# What did not go wrong is a result as well: "3 проверки без доначислений", "zero incidents".
_FAILURES = (
    r"авари\w+|дтп|доначислени\w+|замечани\w+|нарушени\w+|нарекани\w+|жалоб\w*|рекламаци\w+|штраф\w*|брака|"
    r"просроч\w+|опоздани\w+|недостач\w*|потерь|простоев|сбоев|травм\w*|инцидент\w*|ошибок|возвратов"
)
_SPARED = (
    rf"(?:без|ноль|нуля|0) (?:единой |единого |каких-либо |серьезных )?(?:{_FAILURES})|безаварийн\w+|бездефектн\w+|"
    r"(?:without|zero|no) (?:a |a single |any |lost[- ]time )?(?:accidents?|incidents?|downtime|outages?|complaints?|"
    r"penalt(?:y|ies)|fines?|defects?|injur(?:y|ies)|data loss|findings|errors)|accident-free|incident-free"
)
_HONOURS = (
    r"заня(?:л|ла|ли) \w+(?:-\w+)? мест\w+|призна(?:н|на|ны) лучш\w+|награжд(?:ен|ена|ены)|победител\w+|"
    r"(?:пере)?выполнени[ея] (?:\w+ ){0,3}(?:на |до )?\d+"
)
_ENGLISH_OUTCOMES = (
    r"accelerated|accomplished|achieved|added|attracted|automated|awarded|boosted|brought|built|closed|"
    r"completed|consolidated|converted|created|cut|decreased|delivered|designed|developed|doubled|drove|"
    r"eliminated|established|exceeded|expanded|fell|fixed|found|founded|gained|generated|grew|halved|hired|"
    r"implemented|improved|increased|initiated|introduced|launched|led|lifted|lowered|migrated|moved|"
    r"negotiated|opened|optimised|optimized|organised|organized|outperformed|overhauled|passed|prevented|"
    r"promoted|pushed|raised|rebuilt|recovered|redesigned|reduced|refactored|released|removed|renegotiated|"
    r"reorganised|reorganized|replaced|resolved|restructured|retained|rewrote|rolled|saved|scaled|secured|"
    r"shipped|shortened|simplified|sold|solved|streamlined|strengthened|surpassed|trained|transformed|tripled|"
    r"unified|upgraded|won|wrote"
)
_OUTCOME = re.compile(
    rf"\b(?:(?:{_ENDED})л[аио]?(?:с[ья])?|{_ENDED_OTHERWISE}|{_DONE}|{_SPARED}|{_HONOURS}|{_ENGLISH_OUTCOMES}|set up|"
    r"(?:рост|прирост|увеличение|сокращение|снижение|уменьшение|повышение|ускорение|экономия) (?:\w+ ){0,4}"
    r"(?:на|до|в) \d+|(?:growth|increase|decrease|reduction|drop|savings?) (?:of|by|to) \W?\d+|"
    r"\d+\s?% (?:of|от) (?:target|plan|quota|плана))(?!\w)",
    re.IGNORECASE,
)

_FILLERS = re.compile(
    r"\b(?:ответственн(?:ый|ая|ость)|коммуникабельн(?:ый|ая|ость)|стрессоустойчив(?:ый|ая|ость)|"
    r"целеустремленн(?:ый|ая|ость)|"
    r"пунктуальн(?:ый|ая|ость)|исполнительн(?:ый|ая|ость)|трудолюбив(?:ый|ая)|трудолюбие|инициативн(?:ый|ая|ость)|"
    r"креативн(?:ый|ая|ость)|общительн(?:ый|ая|ость)|дисциплинированн(?:ый|ая|ость)|быстрообучаем(?:ый|ая)|"
    r"легко обучаюсь|быстро (?:учусь|обучаюсь)|легкообучаем(?:ый|ая)|командный игрок|умение работать в команде|"
    r"активная жизненная позиция|работа на результат|нацелен(?:а|ность)? на результат|"
    r"ориентирован(?:а|ность)? на результат|без вредных привычек|многозадачность|"
    r"team[- ]player|hard[- ]?working|hard worker|results?[- ](?:oriented|driven)|goal[- ]oriented|detail[- ]oriented|"
    r"self[- ](?:motivated|starter)|highly motivated|fast learner|quick learner|stress[- ]resistant|"
    r"responsible (?:person|and)|(?:good|excellent|strong|great) (?:communication|interpersonal) skills|communicative|"
    r"punctual|dynamic professional|think(?:s|ing)? outside the box|multi-?tasking|passionate about|proactive)(?!\w)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"я|мне|меня|мной|мо(?:й|я|е|и|его|ей|их|ему|им|ю)|i(?:['’](?:m|ve|d|ll))?|my|me|mine|myself", re.IGNORECASE
)
# Whoever says how old they are, or whose parent, is judged neither better nor worse for it.
_PERSONAL = re.compile(
    r"\b(?:мужчина|женщина|мужской|женский|возраст|родил(?:ся|ась)|дата рождения|женат|замужем|холост|не замужем|"
    r"разведен\w*|дет(?:и|ей|ьми)|ребен(?:ок|ка)|доч(?:ь|ка|ке|ери)|сын(?:а|у|овья)?|семь[яеи]|гражданств\w+|гражданин|"
    r"гражданка|национальность|фото(?:графия)?|пол:|декрет\w*|"
    r"male|female|man|woman|aged?|years old|born|birth|married|single|divorced|child(?:ren)?|kids|son|daughter|family|"
    r"wife|husband|mother|father|citizen(?:ship)?|nationality|photo)\b|"
    r"\bмне \d\d\b|^\s*\d\d (?:лет|года?)\b|^\s*\d\d,",
    re.IGNORECASE,
)

_SHOUTED_WORD = 6  # letters: shorter ones in capitals are abbreviations


def sentences_in(text: str) -> tuple[str, ...]:
    """Return the sentences, lines and bullet points of a text."""
    return tuple(part.strip(" \t-–—*·") for part in _SENTENCE_END.split(text) if _WORD.search(part))


def words_in(text: str) -> list[str]:
    return _WORD.findall(text)


def figures_in(sentence: str, mentions: Sequence[Mention]) -> int:
    """Return how many clauses measure something: no year, no length of service, no version of a skill mentioned."""
    numbers = [found.start() for found in _NUMBER.finditer(sentence) if _measures(found, sentence, mentions)]
    return _clauses(sentence, [*numbers, *(found.start() for found in _NUMBER_WORD.finditer(_plain(sentence)))])


def outcomes_in(sentence: str) -> int:
    """Return how many clauses name something finished ("сократила", "launched"), not only something done daily."""
    return _clauses(sentence, [found.start() for found in _OUTCOME.finditer(_plain(sentence))])


def _clauses(sentence: str, places: Sequence[int]) -> int:
    """Return how many clauses of the sentence the places lie in."""
    ends = [found.end() for found in _CLAUSE_END.finditer(sentence)]
    return len({bisect_right(ends, place) for place in places})


def _measures(found: re.Match[str], sentence: str, mentions: Sequence[Mention]) -> bool:
    if found["unit"]:
        return True
    if _YEAR.fullmatch(found[0]) or _NO_MEASURE.match(sentence, found.end()):
        return False
    return not any(
        mention.start <= found.start()
        and (found.start() < mention.end or _VERSION_LEAD.fullmatch(sentence[mention.end : found.start()]))
        for mention in mentions
    )


def fillers_in(sentence: str) -> list[str]:
    """Return the phrases that any résumé might hold, as they stand in the sentence."""
    # As long as the sentence itself: ё gives way to е, letter for letter.
    return [sentence[found.start() : found.end()] for found in _FILLERS.finditer(_plain(sentence))]


def is_personal(sentence: str) -> bool:
    """Tell whether a sentence speaks of age, sex, family, citizenship or looks, which are nobody's business here."""
    return _PERSONAL.search(_plain(sentence)) is not None


def is_first_person(word: str) -> bool:
    return _FIRST_PERSON.fullmatch(_plain(word)) is not None


def is_shouted(word: str) -> bool:
    return len(word) >= _SHOUTED_WORD and word.isupper() and word.isalpha()


def _plain(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")
