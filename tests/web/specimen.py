"""A page that uses every macro of the look, with long names, errors and many rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from flask import Flask, render_template
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from wtforms import (
    BooleanField,
    FileField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from evalsvc import resources
from evalsvc.exports.charts import (
    Band,
    Block,
    Gap,
    Layer,
    distribution,
    dots,
    gap_chart,
    mini_ruler,
    rulers,
)
from evalsvc.exports.charts_time import Course, Stage
from evalsvc.exports.squares import square, squares
from evalsvc.words.language import Language

STATIC = Path(resources.__file__).parent / "web" / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
LONG = "Ban Quản lý Khu kinh tế và các Khu công nghiệp tỉnh"
NAMES = (
    "Văn phòng UBND tỉnh",
    "Sở Nông nghiệp và Môi trường",
    LONG,
    "Sở Văn hóa, Thể thao và Du lịch",
    "Thanh tra tỉnh",
)
STATES = ("answered", "answered", "error", "na", "conflict", "returned", "superior", "empty")
BANDS = (
    Band("Hoàn thành xuất sắc nhiệm vụ", Decimal(90)),
    Band("Hoàn thành tốt nhiệm vụ", Decimal(70)),
    Band("Hoàn thành nhiệm vụ", Decimal(50)),
    Band("Không hoàn thành nhiệm vụ", Decimal(0)),
)
POINTS = ("0", "0,5", "1", "1,5", "2", "2,5", "3")
STAGES = (
    Stage("Tự đánh giá", date(2026, 10, 1), date(2026, 11, 30)),
    Stage("Thẩm định", date(2026, 12, 1), date(2026, 12, 14)),
    Stage("Giải trình", date(2026, 12, 15), date(2026, 12, 18)),
    Stage("Kết luận, công bố", date(2026, 12, 19), date(2026, 12, 30)),
)


@dataclass(frozen=True)
class Thing:
    """Whatever a macro asks for: what is not given is not there."""

    title: str = ""
    label: str = ""
    name: str = ""
    code: str = ""
    url: str = ""
    text: str = ""
    note: str = ""
    heading: str = ""
    status: Markup | str = ""
    value: str = ""
    points: str = ""
    change: Decimal | str = ""
    claimed: Decimal | None = None
    total: Decimal = Decimal(0)
    mini: Markup | str = ""
    states: tuple[str, ...] = ()
    current: bool = False
    sum: bool = False


def chosen(*labels: str) -> list[SelectChoice]:
    return [SelectChoice(each) for each in labels]


class Fields(Form):  # type: ignore[misc]
    name = StringField("Tên đơn vị")
    number = IntegerField("Số người tham gia")
    secret = PasswordField("Mật khẩu")
    reason = TextAreaField("Lý do")
    kind = SelectField("Loại đơn vị", choices=chosen("Sở, ban, ngành cấp tỉnh", "Cấp xã"))
    level = RadioField("Mức", choices=chosen("Chủ trì", "Phối hợp", "Không"))
    yes = RadioField("Có đăng ký", choices=chosen("Có", "Không"))
    items = SelectMultipleField(
        "Nội dung đã làm",
        choices=chosen("Có văn bản phát động", "Có sơ kết 6 tháng đầu năm"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    sure = BooleanField("Tôi đã kiểm tra")
    paper = FileField("Tài liệu kiểm chứng")
    points = RadioField("Điểm đề nghị", choices=chosen(*POINTS))


def totals(count: int) -> Iterator[tuple[str, Decimal]]:
    """Totals that crowd around 82, without chance: the same at every run."""
    for n in range(count):
        away = Decimal(n * n % 37) * (1 if n % 3 else -1) / 2
        yield f"Xã số {n + 1}", Decimal(82) + away / (1 + n % 2)


def fields() -> Fields:
    form = Fields(
        data={"points": "2,5", "level": "Phối hợp", "items": ["Có văn bản phát động"], "sure": True}
    )
    for field, error in (
        (form.name, "Chưa ghi tên đơn vị."),
        (form.number, "Số người tham gia (198) lớn hơn tổng số người (190)."),
        (form.level, "Hãy chọn một mức."),
        (form.reason, "Điều chỉnh điểm phải có lý do."),
    ):
        field.errors = [error]
    return form


def charts(language: Language) -> dict[str, Markup]:
    blocks = [
        Block("Khối các sở, cơ quan ngang sở", "", list(totals(15))),
        Block(
            "Đơn vị sự nghiệp", "", [(LONG, Decimal("89.95")), ("Trường Chính trị", Decimal(52))]
        ),
        Block("Xã, phường, đặc khu", "", list(totals(120))),
        Block("Các hội quần chúng được giao nhiệm vụ", "", []),
    ]
    layers = [
        Layer("claimed", "tự chấm", Decimal("90.06")),
        Layer("reviewed", "thẩm định", Decimal("88.53")),
        Layer("final", "đang có hiệu lực", Decimal("89.55")),
    ]
    same = [Layer(each.mark, each.name, Decimal("52.00")) for each in layers]
    gaps = [
        Gap(name, Decimal(90 - n), Decimal(90 - n) - Decimal("5.75") + 2 * n)
        for n, name in enumerate(NAMES)
    ]
    some = [Decimal(n) for n in (0, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 4, 4, 4)]
    return {
        "dots": dots(language, "dots", blocks, BANDS),
        "ruler": rulers(language, "ruler", layers, BANDS),
        "same": rulers(language, "same", same, BANDS),
        "gaps": gap_chart(language, "gaps", gaps, BANDS),
        "strip": distribution(language, "strip", some, Decimal(4)),
        "bars": distribution(language, "bars", some * 8, Decimal(4)),
        "blank": distribution(language, "blank", [], Decimal("0.5")),
    }


def ranked(language: Language, count: int) -> list[Thing]:
    rows = []
    for n in range(count):
        total = Decimal(98) - n * Decimal("0.55")
        mini = mini_ruler(
            language, f"mini-{n}", total, BANDS, total - 1, (Decimal(20), Decimal(100))
        )
        rows.append(Thing(name=NAMES[n % len(NAMES)], total=total, mini=mini))
    return rows


def facts(language: Language) -> dict[str, object]:
    groups = [
        Thing(
            code=code,
            name="Phong trào “Dân vận khéo”, đối thoại, đạo đức công vụ",
            url=f"/g/{code}",
            states=STATES[n:] + STATES[: n + 4],
            points="20,36/30",
            claimed=Decimal("20.36"),
            change=Decimal(n - 2) / 2,
            note="1 dòng trả lại" if n == 1 else "",
            current=n == 3,
        )
        for n, code in enumerate("ABCDEFG")
    ]
    return {
        "unit": LONG,
        "form": fields(),
        "the_course": Course.of(language, "course", STAGES, date(2026, 11, 20)),
        "groups_": groups,
        "many": STATES * 15,
        "things": [
            Thing(title="Sửa lỗi ở D4", url="/d4", text="Chưa tính điểm.", status="1 lỗi"),
            Thing(title="Trình Trưởng ban duyệt, nộp phiếu", text="Mở khi hết lỗi."),
        ],
        "four": Decimal(4),
        "three": Decimal(3),
        "mine": Thing(heading="Bản của anh, chị", note="(14:31)", value="3,50", text="Rút ngắn."),
        "theirs": Thing(heading="Bản đã lưu", note="(14:29)", value="3,00"),
        "beside": Thing(label="D3", url="/d3"),
        "steps": [
            Thing(title="Cộng điểm bảy nhóm", text="12,36 + 8,50 + 18,64", value="82,86"),
            Thing(title="Quy đổi vì D5 không áp dụng", change="+1,69", value="84,55"),
            Thing(title="Tổng điểm", value="84,55", sum=True),
        ],
        "blocks": [
            Thing(label="Khối I. Sở, cơ quan ngang sở", url="/1", note="15", current=True),
            Thing(label="Khối III. Xã, phường, đặc khu", url="/3", note="120"),
        ],
        "ranked": ranked(language, 60),
        "page_url": lambda page: f"/list?page={page}",
        "navigation": [
            Thing(label="Việc của tôi", url="/", current=True),
            Thing(label="Phiếu tự đánh giá", url="/sheet"),
            Thing(label="Giải trình", url="/explain"),
            Thing(label="Kết quả", url="/result"),
        ],
        "account_label": "Văn phòng Ban",
        "account_url": "/account",
        "sign_out_url": "/sign-out",
        "language_url": "/language/en?next=/",
        "notices": [("ok", "Đã nộp phiếu lúc 14:32.")],
        **charts(language),
    }


def create(language: Language) -> Flask:
    app = Flask("specimen", static_folder=str(STATIC))
    app.testing = True
    here = FileSystemLoader(Path(__file__).parent)
    app.jinja_loader = ChoiceLoader([FileSystemLoader(resources.templates()), here])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["vi"] = lambda text: text
    app.jinja_env.globals |= {
        "say": language.say,
        "language": language,
        "organisation": "Ủy ban nhân dân tỉnh Bình An",
        "static_url": lambda path: f"/static/{path}?v=1",
        "csrf_token": lambda: "secret",
        "square": square,
        "squares": lambda states, size, per_row, counted=None: squares(
            language, states, size=size, per_row=per_row, counted=counted
        ),
    }

    @app.get("/")
    def page() -> str:
        return render_template("specimen.html", **facts(language))

    @app.get("/errors/<int:number>")
    def error(number: int) -> str:
        return render_template(f"errors/{number}.html")

    @app.after_request
    def guard(response: object) -> object:
        response.headers["Content-Security-Policy"] = POLICY  # type: ignore[attr-defined]
        return response

    return app
