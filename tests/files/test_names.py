"""Names that are shown tell the truth, fit on a line and are no paths."""

import unicodedata

import pytest

from evalsvc.files.kinds import Kind
from evalsvc.files.names import LONGEST, shown_name

NAMES = [
    ("Báo cáo quý I.pdf", Kind.PDF, "Báo cáo quý I.pdf"),
    ("BAO CAO.PDF", Kind.PDF, "BAO CAO.PDF"),
    (r"C:\Users\lan\Quyết định.docx", Kind.DOCX, "Quyết định.docx"),
    ("../../etc/passwd", Kind.PDF, "passwd.pdf"),
    ("anh.jpeg", Kind.JPEG, "anh.jpeg"),
    ("anh.JPG", Kind.JPEG, "anh.JPG"),
    ("anh.png", Kind.JPEG, "anh.png.jpg"),
    ("evil.html", Kind.PDF, "evil.html.pdf"),
    # Written backwards it looks like a picture.
    ("anh\u202egpj.exe", Kind.PDF, "anhgpj.exe.pdf"),
    ("a\u200bb\ufeffc\x00d\u00ade.png", Kind.PNG, "abcde.png"),
    ("a\r\nSet-Cookie: x.png", Kind.PNG, "a Set-Cookie_ x.png"),
    (unicodedata.normalize("NFD", "Đề án.xlsx"), Kind.XLSX, "Đề án.xlsx"),
    ("...htaccess", Kind.PNG, "htaccess.png"),
    ("bao cao . pdf. .", Kind.PDF, "bao cao . pdf.pdf"),
    ('a<b>|"c"?*.pdf', Kind.PDF, "a_b___c___.pdf"),
    ("con.pdf", Kind.PDF, "_con.pdf"),
    ("LPT1.txt", Kind.PDF, "_LPT1.txt.pdf"),
    ("Console.pdf", Kind.PDF, "Console.pdf"),
    ("", Kind.DOCX, "tai-lieu.docx"),
    (".pdf", Kind.PDF, "tai-lieu.pdf"),
    ("thu-muc/", Kind.PNG, "tai-lieu.png"),
    ("\u202e\u200b", Kind.PDF, "tai-lieu.pdf"),
    # What is too long is cut before its ending, whether that stands there or is put there.
    pytest.param("ă" * 500 + ".pdf", Kind.PDF, "ă" * (LONGEST - 4) + ".pdf", id="long.pdf"),
    pytest.param("ă" * 500 + ".exe", Kind.PDF, "ă" * (LONGEST - 4) + ".pdf", id="long.exe"),
]


@pytest.mark.parametrize(("sent", "kind", "shown"), NAMES)
def test_a_name_is_shown_so_and_stays_so(sent: str, kind: Kind, shown: str) -> None:
    assert shown_name(sent, kind) == shown
    assert shown_name(shown, kind) == shown
