"""Names in the order of a Vietnamese dictionary, and found without their marks."""

import unicodedata
from itertools import pairwise

import pytest

from evalsvc.domain.names import search_key, sort_key

IN_ORDER = (
    "An Biên",
    "An Giang",
    "Ân Thi",
    "Ba Bể",
    "Bà Rịa",
    # ă is a letter of its own, so Bạc (a) and Ban stand before Bắc (ă)
    "Bạc Liêu",
    "Ban Quản lý Khu kinh tế",
    "Bắc Giang",
    "Bắc Kạn",
    "Bắc Ninh",
    "Bến Tre",
    "Bình Định",
    "Bình Đông",
    "Bố Trạch",
    "Cà Mau",
    "Cao Bằng",
    "Cần Giuộc",
    "Cần Thơ",
    "Cư M'gar",
    "Dầu Tiếng",
    "Di Linh",
    "Đà Lạt",
    "Đà Nẵng",
    "Đắk Lắk",
    "Điện Biên",
    "Đồng Hới",
    "Đức Hòa",
    "Ea H'leo",
    "Hà Giang",
    "Hà Nội",
    "Hải Dương",
    "Huế",
    "Kon Tum",
    "Krông Pắk",
    "Ô Môn",
    "Quảng Bình",
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Y tế",
    "Thanh tra tỉnh",
    "Tổ 2",
    "Tổ 10",
    "Tổ 10 A",
    "Trà Vinh",
    "Ủy ban nhân dân huyện",
    "Vĩnh Long",
)


@pytest.mark.parametrize(
    "names",
    [
        ("ma", "mà", "mả", "mã", "má", "mạ"),
        ("a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f"),
        ("n", "o", "ô", "ơ", "p", "t", "u", "ư", "v", "w", "x", "y", "z"),
        # a tone weighs less than any later letter
        ("mạ", "mai", "màn", "mạnh"),
        # but a letter weighs more than any tone
        ("tạ", "ta b", "tă", "tâ"),
        ("da", "Da", "dà", "đa", "Đa"),
        # both ways to place the tone are kept apart, the later place first
        ("Hoa", "Hoà", "Hoá", "Hòa", "Hóa"),
        ("Thôn 1", "Thôn 2", "Thôn 10", "Thôn 123456789", "Thôn 1234567890", "Thôn Đông"),
        ("Phú (Yên)", "Phú 1", "Phú Yên", "Phú-Yên", "Phúc"),
        ("Ea", "Ea Kar", "Ea-Kar", "Ea'Kar", "EaKar"),
        # a mark of the Ede and Bahnar, after the tones
        ("e", "è", "ẹ", "ĕ", "ê"),
        ("zơ", "ж"),
    ],
)
def test_names_stand_in_the_order_of_the_dictionary(names):
    keys = [sort_key(name) for name in names]

    assert all(one < other for one, other in pairwise(keys))


def test_real_names_stand_in_the_order_of_the_dictionary():
    by_code_points = sorted(IN_ORDER)

    assert sorted(by_code_points, key=sort_key) == list(IN_ORDER)


@pytest.mark.parametrize("name", IN_ORDER)
def test_composed_and_decomposed_text_has_one_key(name):
    decomposed = unicodedata.normalize("NFD", name)

    assert sort_key(decomposed) == sort_key(name)
    assert search_key(decomposed) == search_key(name)


@pytest.mark.parametrize("name", [*IN_ORDER, "Zürich № 7 “ж” 三", "", "  "])
def test_a_key_is_printable_ascii(name):
    key = sort_key(name)

    assert key.isascii()
    assert key == "" or key.isprintable()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tổ 02", "Tổ 2"),
        (" Tổ  2 ", "Tổ 2"),
        ("Tổ\u00a02", "Tổ 2"),
        # the Icelandic letter that old keyboards wrote, and a typographic apostrophe
        ("Ðắk Lắk", "Đắk Lắk"),
        ("Ea H’leo", "Ea H'leo"),
        # an invisible character pasted with the name
        ("Sở\u200b Y tế", "Sở Y tế"),
    ],
)
def test_differences_that_nobody_sees_do_not_part_names(one, other):
    assert sort_key(one) == sort_key(other)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hòa", "hoa"),
        ("Hoà", "hoa"),
        ("ĐẮK LẮK", "dak lak"),
        ("Ðắk Lắk", "dak lak"),
        ("  Ủy   ban\tnhân dân ", "uy ban nhan dan"),
        ("Tổ 10", "to 10"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_a_search_minds_neither_case_nor_marks_nor_spaces(text, key):
    assert search_key(text) == key
