"""Finds the languages of people that a text names."""

from __future__ import annotations

import re

_NAMES = {
    "Russian": "русск|russian",
    "English": "английск|english|англ\\.?(?!\\w)",
    "German": "немецк|german|deutsch",
    "French": "французск|french",
    "Spanish": "испанск|spanish",
    "Italian": "итальянск|italian",
    "Portuguese": "португальск|portuguese",
    "Chinese": "китайск|chinese|mandarin",
    "Japanese": "японск|japanese",
    "Korean": "корейск|korean",
    "Turkish": "турецк|turkish",
    "Arabic": "арабск|arabic",
    "Ukrainian": "украинск|ukrainian",
    "Belarusian": "белорусск|беларуск|belarusian|belarussian",
    "Kazakh": "казахск|kazakh",
    "Uzbek": "узбекск|uzbek",
    "Kyrgyz": "киргизск|кыргызск|kyrgyz",
    "Tajik": "таджикск|tajik",
    "Turkmen": "туркменск|turkmen",
    "Azerbaijani": "азербайджанск|azerbaijani|azeri",
    "Armenian": "армянск|armenian",
    "Georgian": "грузинск|georgian",
    "Tatar": "татарск|tatar",
    "Bashkir": "башкирск|bashkir",
    "Chuvash": "чувашск|chuvash",
    "Chechen": "чеченск|chechen",
    "Ossetian": "осетинск|ossetian",
    "Yakut": "якутск|yakut",
    "Buryat": "бурятск|buryat",
    "Mongolian": "монгольск|mongolian",
    "Polish": "польск|polish",
    "Czech": "чешск|czech",
    "Slovak": "словацк|slovak",
    "Serbian": "сербск|serbian",
    "Croatian": "хорватск|croatian",
    "Bulgarian": "болгарск|bulgarian",
    "Romanian": "румынск|romanian",
    "Moldovan": "молдавск|moldovan",
    "Hungarian": "венгерск|hungarian",
    "Greek": "греческ|greek",
    "Hebrew": "иврит|hebrew",
    "Persian": "персидск|фарси|persian|farsi",
    "Hindi": "хинди|hindi",
    "Vietnamese": "вьетнамск|vietnamese",
    "Thai": "тайск|thai",
    "Indonesian": "индонезийск|indonesian",
    "Finnish": "финск|finnish",
    "Swedish": "шведск|swedish",
    "Norwegian": "норвежск|norwegian",
    "Danish": "датск|danish",
    "Dutch": "нидерландск|голландск|dutch",
    "Estonian": "эстонск|estonian",
    "Latvian": "латышск|latvian",
    "Lithuanian": "литовск|lithuanian",
    "Latin": "латинск|латынь|latin(?! america)",
}
_NAME = re.compile(
    "|".join(f"(?P<L{number}>(?<!\\w)(?:{forms}))" for number, forms in enumerate(_NAMES.values())), re.IGNORECASE
)
_ENGLISH_NAMES = tuple(_NAMES)


def named_languages(item: str) -> list[tuple[str, int]]:
    """Return the languages an item names, each by its English name with where the name ends."""
    return [(_ENGLISH_NAMES[int((match.lastgroup or "L0")[1:])], match.end()) for match in _NAME.finditer(item)]
