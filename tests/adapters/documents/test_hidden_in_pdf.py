"""Text of a PDF that people do not see is not read, and text that they see is."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import cast

import pypdf
import pytest
from PIL import Image
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, TextStringObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from adapters.documents import extract_text
from adapters.documents.pdfium_pages import pages
from domain.errors import Refused
from domain.resumes.reading import FileWarning

Drawing = Callable[[Canvas], None]

VISIBLE = "Anna Testova, accountant, Rostov"
HIDDEN = "Kubernetes Terraform Kafka"
TOLD = (FileWarning.HIDDEN_TEXT_LEFT_OUT,)


def a_page(*drawings: Drawing) -> bytes:
    """Return a PDF of one page with `VISIBLE` at its top and these drawings, each by itself."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=(595, 842))
    canvas.drawString(50, 800, VISIBLE)
    for drawing in drawings:
        canvas.saveState()
        drawing(canvas)
        canvas.restoreState()
    canvas.save()
    return written.getvalue()


def words(
    text: str = HIDDEN, *, at: tuple[float, float] = (50, 400), size: float = 12, mode: int = 0, colour: str = "#000000"
) -> Drawing:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(colour)
        line = canvas.beginText(*at)
        line.setFont("Helvetica", size)
        line.setTextRenderMode(mode)
        line.textOut(text)
        canvas.drawText(line)

    return draw


def box(colour: str, *, at: tuple[float, float, float, float] = (0, 380, 595, 60)) -> Drawing:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(colour)
        canvas.rect(*at, stroke=0, fill=1)

    return draw


def picture(colour: str, *, at: tuple[float, float, float, float] = (0, 380, 595, 60)) -> Drawing:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (60, 60), colour)), *at)

    return draw


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(50, 400, HIDDEN)


def squeezed(canvas: Canvas) -> None:
    line = canvas.beginText(50, 400)
    line.setHorizScale(1)
    line.textOut(HIDDEN)
    canvas.drawText(line)


def scaled_down(canvas: Canvas) -> None:
    canvas.scale(0.05, 0.05)
    words(at=(1000, 8000))(canvas)


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("hidden")
    words(colour="#ffffff")(canvas)
    canvas.endForm()
    canvas.doForm("hidden")


def operator(code: str) -> Drawing:
    return lambda canvas: canvas._code.append(code)


def named(**values: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in values.items()})


def text_of(content: bytes) -> str:
    return extract_text(content)[2]


@pytest.mark.parametrize(
    "drawings",
    [
        [words(colour="#ffffff")],
        [words(colour="#fafafa")],
        [words(mode=3)],
        [words(mode=7)],
        [words(size=1)],
        [words(at=(700, 400))],
        [words(at=(50, -40))],
        [transparent],
        [squeezed],
        [scaled_down],
        [in_a_form],
        [box("#204060"), words(colour="#204060")],
        [box("#204060"), words(colour="#ffffff", at=(50, 300))],
        [words(), box("#ffffff")],
        [words(), picture("#ffffff")],
        [picture("#204060"), words(colour="#204060")],
    ],
    ids=[
        "white", "nearly white", "invisible", "a stencil for nothing", "tiny", "beside the page", "below the page",
        "transparent", "squeezed", "scaled down", "in a form", "in the box's colour", "white below a dark box",
        "under a white box", "under a picture", "in the picture's colour",
    ],
)  # fmt: skip
def test_text_that_nobody_sees_is_left_out_and_told_of(drawings: list[Drawing]) -> None:
    read = extract_text(a_page(*drawings))

    assert (read.text, read.warnings) == (VISIBLE, TOLD)


@pytest.mark.parametrize(
    "drawings",
    [
        [box("#204060"), words(colour="#ffffff")],
        [box("#204060"), words(colour="#ffffff", size=5)],
        [picture("#204060"), words(colour="#ffffff")],
        [words(colour="#b0b0b0")],
        [words(size=3)],
        [box("#000000", at=(0, 0, 595, 100)), words()],
        [box("#ffffff"), words()],
        [words(), box("#eeeeee", at=(0, 0, 595, 100))],
    ],
    ids=[
        "white on a dark box", "small white on a dark box", "white on a dark picture", "grey", "small",
        "black above a black box", "black on a white box", "before another box",
    ],
)  # fmt: skip
def test_text_that_people_see_is_kept(drawings: list[Drawing]) -> None:
    read = extract_text(a_page(*drawings))

    assert (read.text.split(), read.warnings) == ([*VISIBLE.split(), *HIDDEN.split()], ())


def test_text_outside_the_crop_box_is_left_out() -> None:
    document = pypdf.PdfWriter(clone_from=BytesIO(a_page(words())))
    document.pages[0].cropbox.lower_left = (0, 500)
    written = BytesIO()
    document.write(written)

    assert text_of(written.getvalue()) == VISIBLE


def test_text_in_a_layer_that_is_switched_off_is_left_out() -> None:
    content = a_page(operator("/OC /Off BDC"), words(), operator("EMC"))
    document = pypdf.PdfWriter(clone_from=BytesIO(content))
    layer = document._add_object(named(Type=NameObject("/OCG"), Name=TextStringObject("Off")))
    resources = cast(DictionaryObject, document.pages[0]["/Resources"])
    resources[NameObject("/Properties")] = named(Off=layer)
    document._root_object[NameObject("/OCProperties")] = named(
        OCGs=ArrayObject([layer]), D=named(OFF=ArrayObject([layer]))
    )
    written = BytesIO()
    document.write(written)

    assert text_of(written.getvalue()) == VISIBLE


def a_scan(*texts: str, numbered: bool) -> bytes:
    """Return pages of a picture each, with invisible text on them and, if wanted, a visible page number."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=(595, 842))
    for number, text in enumerate(texts, 1):
        picture("#f0f0e8", at=(0, 0, 595, 842))(canvas)
        words(text, mode=3)(canvas)
        if numbered:
            canvas.drawString(290, 20, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@pytest.mark.parametrize("numbered", [False, True], ids=["alone", "with page numbers"])
def test_the_text_layer_of_a_scan_is_read(numbered: bool) -> None:
    read = extract_text(a_scan(VISIBLE, "Worked for Romashka since 2020", numbered=numbered))

    assert VISIBLE in read.text
    assert "Worked for Romashka since 2020" in read.text
    assert read.warnings == ()


@pytest.mark.parametrize(
    "drawing",
    [
        words("   ", colour="#ffffff"),
        words("... - --", colour="#ffffff"),
        words("a", mode=3),
        words(". 1 .", at=(700, 400)),
        words("anna TESTOVA", colour="#ffffff"),
    ],
    ids=["spaces", "dots", "a letter", "a digit beside the page", "said visibly"],
)
def test_there_is_nothing_to_tell_where_no_word_was_lost(drawing: Drawing) -> None:
    assert extract_text(a_page(drawing)).warnings == ()


def test_a_page_of_nothing_but_invisible_text_adds_nothing_to_a_visible_one() -> None:
    document = pypdf.PdfWriter(clone_from=BytesIO(a_page()))
    written = BytesIO()
    canvas = Canvas(written)
    words(f"{HIDDEN} {HIDDEN}", mode=3)(canvas)
    canvas.save()
    document.append(BytesIO(written.getvalue()))
    both = BytesIO()
    document.write(both)

    assert text_of(both.getvalue()) == VISIBLE


def test_hidden_text_in_an_export_from_hh_is_left_out() -> None:
    heading = words("Desired position and salary", at=(50, 700))

    text = text_of(a_page(heading, words(colour="#ffffff")))

    assert text.splitlines() == [VISIBLE, "Desired position and salary"]


def test_a_page_with_thousands_of_hidden_words_is_freed_from_them() -> None:
    stuffing = [words(" ".join([HIDDEN] * 40), colour="#ffffff", size=2, at=(5, y)) for y in range(20, 620, 30)]

    content = a_page(*stuffing)

    assert text_of(content) == VISIBLE


def test_hidden_text_in_a_file_that_only_pypdf_can_open_is_left_out() -> None:
    content = a_page(words(colour="#ffffff")).replace(b"/Root", b"/Rott")
    with pytest.raises(Refused, match="file_broken"):
        list(pages(content, at_most=1))

    assert text_of(content) == VISIBLE
