"""What a reader of HTML would see."""

from __future__ import annotations

import random
from time import process_time

import pytest

from adapters.lexicon.html import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("просто текст", "просто текст"),
        ("<p>Мы &laquo;ищем&raquo;&nbsp;вас &amp; ждём</p>", "Мы «ищем» вас & ждём"),
        ("Plain &amp; simple&nbsp;text", "Plain & simple text"),
        ("<ul><li>Python</li><li><p>SQL</p></li><li></li></ul>Хвост", "• Python\n• SQL\n\nХвост"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "• a\n• b\n• c"),
        ("<p>Раз</p><p>Два</p>", "Раз\n\nДва"),
        ("Раз<br>Два<br/>Три", "Раз\nДва\nТри"),
        ("Раз<br><br><br><br>Два", "Раз\n\nДва"),
        ("<h1>Условия</h1>\n<div>график\n5/2</div>\n<div>офис</div>", "Условия\n\nграфик 5/2\nофис"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>один\n  два</pre>", "один\nдва"),
        ("<strong>Тре</strong>бования:<b> опыт</b>", "Требования: опыт"),
        ("один\r\nдва\n\n\n\nтри", "один\nдва\n\nтри"),
        ("<html><head><title>x</title></head><body>тело</body></html>", "тело"),
        ("<!-- тайна --><p>явь</p><![CDATA[x]]><?php echo 1 ?>", "явь"),
        ("<script>alert(1)</script>текст<style>p{color:red}</style>", "текст"),
        ("Опыт с <highlighttext>Python</highlighttext>", "Опыт с Python"),
    ],
)
def test_markup_becomes_lines(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>нет</p>",
        "<div style='display:none'>нет <b>нет</b></div>",
        "<span style='color:red; DISPLAY : NONE !important'>нет</span>",
        "<span style='visibility:hidden'>нет</span>",
        "<i style='font-size:0'>нет</i>",
        "<i style='font-size: 0px'>нет</i>",
        "<i style='opacity:0'>нет</i>",
        "<i style='opacity: 0.0;'>нет</i>",
        "<div aria-hidden='true'>нет<ul><li>нет</li></ul></div>",
        "<template>нет</template>",
        "<noscript>нет</noscript>",
    ],
)
def test_what_a_browser_hides_is_dropped(hidden: str) -> None:
    assert plain_text(f"<p>до</p>{hidden}<p>после</p>") == "до\n\nпосле"


@pytest.mark.parametrize(
    "style", ["font-size:0.8em", "opacity:0.5", "opacity:1", "fill-opacity:0", "font-size:10px", "display:block"]
)
def test_a_style_that_hides_nothing_keeps_the_text(style: str) -> None:
    assert plain_text(f"<span style='{style}'>видно</span>") == "видно"


@pytest.mark.parametrize(
    "text", ["a < b", "a < b и c > d", "5 <6 лет", "<", "<<>>", "List<String> и Map<K, V>", "x <- y", "1<2"]
)
def test_a_bracket_that_opens_no_tag_survives(text: str) -> None:
    assert plain_text(text) == text


def test_a_bracket_survives_beside_real_tags() -> None:
    assert plain_text("a < b <b>жирный</b> c<d, List<String>") == "a < b жирный c<d, List<String>"


def test_escaped_markup_stays_text() -> None:
    assert plain_text("пишите &lt;script&gt; сами") == "пишите <script> сами"


def test_invisible_characters_are_removed() -> None:
    assert plain_text("те\u200bст\u202e и\u00a0ещё\ufeff\x00<b>\u2066раз</b>") == "тест и ещёраз"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div><div></p></span>битый <b>текст", "битый текст"),
        ("</p></div>конец", "конец"),
        ("<p>обрыв</p", "обрыв"),
        ("&#0;&#xD800;&bogus;", "\ufffd\ufffd&bogus;"),
        ("\ud800<p>сирота</p>", "сирота"),
    ],
)
def test_broken_markup_is_read(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_any_mix_of_pieces_gives_tidy_text() -> None:
    pieces = ["<", "</", ">", "<!--", "-->", "<p", "<li>", "</ul>", "<b hidden>", "<script>", "</script>", "&#", "&lt"]
    pieces += ["\x00", "слово", " ", "=", "'", '"', "<svg>", "</body>", "<td>", "<?", "<![CDATA[", "<br/>", "\n\n"]
    chance = random.Random(1)  # noqa: S311 — the same mixes in every run

    for _ in range(3_000):
        text = plain_text("".join(chance.choices(pieces, k=chance.randint(1, 25))))

        assert "\n\n\n" not in text
        assert text == text.strip()


@pytest.mark.parametrize("tag", ["div", "ul><li", "b", "table", "span style='color:red'"])
def test_ten_thousand_levels_are_read_within_a_second(tag: str) -> None:
    # Of the processor: whatever else is running, this counts only what reading takes.
    started = process_time()

    text = plain_text(f"<{tag}>" * 10_000 + "дно")

    assert text.endswith("дно")
    assert process_time() - started < 1
