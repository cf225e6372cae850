"""The words by which a résumé tells levels of education."""

from __future__ import annotations

import re

from domain.resumes.content import EducationLevel
from domain.resumes.evidence.saying import sentences

_SCHOOL = re.compile(
    r"(?<!\w)(?:университет\w{0,2}|институт\w{0,2}|академи[яию]|консерватори[яию]|вуз\w?|university|institute|academy"
    r"|polytechnic)(?!\w)",
    re.IGNORECASE,
)
_SCHOOL_LETTERS = re.compile(
    r"(?<!\w)(?:[А-Я][А-Яа-я]{0,4}(?:ГУ|ТУ|ПУ|МУ|АУ|ЭУ)|МГУ|МФТИ|МИФИ|МЭИ|МАИ|МИСИС|МИРЭА|ВШЭ|ИТМО|РУДН|РАНХиГС|МГИМО"
    r"|УрФУ|КФУ|ДВФУ|ЮФУ|СФУ|ФГБОУ ВО|ФГАОУ ВО)(?!\w)"
)
# Who works at a school, or sends somebody there, does not say that they learnt there.
_OF_OTHERS = re.compile(
    r"преподав|(?<!\w)(?:учил[аи]?|обуч(?:ал[аи]?|аю)|работал\w?|работаю|нии|внук\w?|внучк\w|сын\w?|доч\w+|муж\w?|жен[аыу]"
    r"|отправ\w+|taught|teach\w*|lectur\w+|work(?:ed|ing)?|son|daughter|husband|wife)(?!\w)",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"(?:неоконченн|незаконченн|неполн)\w{2,3} высше\w{1,3}|(?<!\w)студент(?:ка)?(?!\w)|incomplete higher|undergraduate"
    r"|(?<!\w)student(?= (?:at|of|in)(?!\w)|\s?(?:[,.;()]|$))",
    re.IGNORECASE,
)
_OF_SCIENCE = (
    r"(?:science|arts|engineering|laws|education|philosophy|technology|economics|business|public|fine|medicine)"
)
# Letters that are words in small ones, and names of posts and programs without more: "BA, Sberbank", "MS Office".
_BA, _MA = r"(?-i:B\.\s?[AS]\.|B[AS] in [A-Z])", r"(?-i:M\.\s?[AS]\.|M[AS] in [A-Z])"
_WHOLE = r"(?:\s(?:общ|полн)\w+)?"
_EDUCATION = {
    EducationLevel.SECONDARY: rf"(?<!\w)(?<!неполное )(?<!неполного )средн(?:ее|его){_WHOLE}"
    rf"(?:\sобразовани\w|\s(?:школ|общ)\w+)|(?:^|образовани\w\W{{1,3}})среднее{_WHOLE}\s?(?:[,.;)]|$)|(?<!\w)средн(?:яя|ей|юю)"
    r" (?:\w+ )?школ|общеобразовательн\w+ школ|(?<!\w)(?:школ\w|гимнази\w|лице\w)\s?(?:№|n)?\s?\d|(?<!\d)(?:9|11) класс"
    r"|окончил\w? (?:школу|гимназию|лицей)(?!\w)|(?<!\w)(?:secondary (?:school|education)|high school)(?!\w)",
    EducationLevel.VOCATIONAL: r"средн\w{2}[\s-]{1,3}(?:специальн|профессиональн|техническ)|среднеспециальн"
    r"|начальн\w{2} профессиональн|(?<!\w)спо(?!\w)|(?<!\w)пту(?!\w)|техникум|колледж|училищ|(?<!\w)vocational"
    r"|(?<!\w)(?:technical|community|medical|nursing|trade|teachers['’]) (?:college|school)(?!\w)",
    EducationLevel.INCOMPLETE_HIGHER: _UNFINISHED.pattern,
    EducationLevel.BACHELOR: r"бакалавр|bachelor|(?<!\w)b\.?sc\.?(?!\w)|(?<!\w)b\.?eng\.?(?!\w)|(?<!\w)bba(?!\w)"
    rf"|(?<!\w){_BA}",
    EducationLevel.HIGHER: r"(?<!\w)высшее(?:\s\w+ое)?(?!\s?\w)|(?<!\w)высше(?:е|го|м)\s(?:\w+\s){0,2}образован"
    r"|специалитет|higher education|specialist(?:['’]s)? (?:degree|diploma)",
    EducationLevel.MASTER: r"магистр(?!ал)|магистратур|(?<!\w)master(?:['’]?s (?:degree|in)(?!\w)|['’]s(?!\w)| degree)"
    rf"|(?<!\w)master of {_OF_SCIENCE}|(?<!\w)m\.?sc\.?(?!\w)|(?<!\w)mba(?!\w)|(?<!\w)m\.?eng\.?(?!\w)|(?<!\w){_MA}",
    EducationLevel.PHD: r"(?:кандидат|доктор)\w{0,2} (?:\S{3,30} ){0,2}наук(?!\w)|(?<!\w)[кд]\.\s?\S{1,12}\.\s?н\."
    r"|аспирант|(?<!\w)ph\.?\s?d(?!\w)|doctorate|doctoral",
}
_TELLS_EDUCATION = {level: re.compile(forms, re.IGNORECASE) for level, forms in _EDUCATION.items()}


def tells_education(text: str, level: EducationLevel) -> bool:
    """Tell whether a word for the level stands in the text; of `higher`, also a school that gives it.

    Sentences that tell of work or of somebody else do not count.
    """
    told = [each for each in sentences(text) if _OF_OTHERS.search(each) is None]
    if level is not EducationLevel.HIGHER:
        return any(_TELLS_EDUCATION[level].search(each) for each in told)
    finished = [_UNFINISHED.sub(" ", each) for each in told]
    if any(_TELLS_EDUCATION[level].search(each) for each in finished):
        return True
    return finished == told and any(_SCHOOL.search(each) or _SCHOOL_LETTERS.search(each) for each in told)
