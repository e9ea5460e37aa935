"""What nobody sends by mistake: values, bodies, addresses, questions and headers."""

import base64
import json

LONG = "dài " * 12_500
HOSTILE: dict[str, str] = {
    "nothing": "",
    "blanks": " \t\u00a0\u3000",
    "a NUL": "a\x00b",
    "control characters": "".join(chr(code) for code in range(1, 32)) + "\x7f\x85",
    "a letter that is half": "%ED%A0%80",
    "less than nothing": "-1",
    "half a number": "1,",
    "a number in words": "NaN",
    "a number without end": "Infinity",
    "a number beyond 64 bits": "9" * 30,
    "a number of many digits": "9" * 5_000,
    "a number with an exponent": "1e99999",
    "digits of another script": "٣",
    "a fraction as one sign": "½",
    "a superscript": "²",
    "a day that no year has": "31/02/2026",
    "signs of the language of answers": "n/a x; | 1/2 / less 3; q1 1/1/1",
    "markup": "\"'><script>alert(1)</script>&amp;{{ 7*7 }}{% raw %}%(x)s",
    "a formula": "=cmd|'/C calc'!A0",
    "letters beside the plane": "\U0010ffff\ufeff\u202e\u200b\U0001f468\u200d\U0001f469",
    "a pile of marks": "e" + "\u0301" * 3_000,
    "quotes and backslashes": '"\\' * 1_900,
    "four thousand letters": "ữ" * 4_000,
    "fifty thousand letters": LONG,
}
OF_THE_DATABASE = (
    "a NUL",
    "a number beyond 64 bits",
    "quotes and backslashes",
    "four thousand letters",
    "fifty thousand letters",
)
"""What databases mind, each in its own way."""

URLENCODED = "application/x-www-form-urlencoded"
BODIES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", URLENCODED),
    "nothing of no type": (b"", ""),
    "bytes that are no text": (b"answer=\xff\xfe&note=\x80", URLENCODED),
    "halves of letters": (b"answer=%FF%FE&note=%ED%A0%80", URLENCODED),
    "no fields": (b"&&&===&%&%zz", URLENCODED),
    "twenty thousand fields": (b"a=1&" * 20_000, URLENCODED),
    "the same field fifty times": (b"answer=yes&seen=1&note=x&done=1&due=2&" * 50, URLENCODED),
    "fields as lists": (b"answer[]=1&answer[a]=2&seen[]=3", URLENCODED),
    "parts without a boundary": (b"--x\r\n\r\n", "multipart/form-data"),
    "parts that never end": (
        b"--x\r\nContent-Disposition: form-data; name=answer\r\n\r\nab",
        "multipart/form-data; boundary=x",
    ),
    "a file for an answer": (
        b'--x\r\nContent-Disposition: form-data; name="answer"; filename="a.pdf"\r\n\r\n'
        b"%PDF\r\n--x--\r\n",
        "multipart/form-data; boundary=x",
    ),
    "parts with a strange charset": (
        b'--x\r\nContent-Disposition: form-data; name="answer"\r\n'
        b"Content-Type: text/plain; charset=utf-7\r\n\r\n+AD\r\n--x--\r\n",
        "multipart/form-data; boundary=x",
    ),
    "JSON": (b'{"answer": [1, {"a": null}]}', "application/json"),
    "JSON that never ends": (b"[" * 50_000, "application/json"),
    "a type that is none": (b"answer=yes", "nonsense; ; =\x01"),
    "a body in UTF-16": ("answer=yes".encode("utf-16"), URLENCODED + "; charset=utf-16"),
}

CODES = [
    "%00",
    "..%2f..%2fetc%2fpasswd",
    "%ff%fe",
    "%ED%A0%80",
    "A1%0d%0aX-A:b",
    "'%22%3Cb%3E",
    "a" * 5_000,
    "%F0%9F%98%80",
]
NUMBERS = ["0", "9" * 30, "9" * 5_000, "-1", "1.5", "%00", "٣", "1%00"]

ASKED = [
    "",
    "0",
    "-1",
    "9" * 21,
    "9" * 5_000,
    "²",
    "khoi-1\x00",
    "%_\\",
    "'\"><b>",
    "ữ" * 2_000,
    "//elsewhere.example",
    "/\\elsewhere.example",
    "[]",
]

DEEP = base64.urlsafe_b64encode(b"[" * 5_000).decode()
HEADERS = [
    {"Cookie": f"evalsvc_notices={DEEP}"},
    {"Cookie": "evalsvc_notices=" + base64.urlsafe_b64encode(b"1").decode()},
    {"Cookie": "evalsvc_notices=" + base64.urlsafe_b64encode(b'[["ok"]]').decode()},
    {
        "Cookie": "evalsvc_notices="
        + base64.urlsafe_b64encode(json.dumps([["<b>", "<b>"], [1, None]]).encode()).decode()
    },
    {"Cookie": "evalsvc_notices=%%%\xff"},
    {"Cookie": "evalsvc_session=\x00; evalsvc_browser=\xff" * 50},
    {"Cookie": "evalsvc_session=" + "x" * 8_000},
    {"Cookie": "evalsvc_browser=" + "\xc3\xa9" * 32 + "; evalsvc_language=xx"},
    {"Cookie": ';;;=;a;b="c'},
    {"Accept": "application/json" + ";q=x" * 1_000},
    {"User-Agent": "\xff\x01" + "u" * 9_000},
    {"X-Forwarded-For": "a, b, c" * 500, "X-Forwarded-Proto": "x", "Forwarded": "for=;"},
    {"X-CSRF": "\xff\xfe"},
    {"X-CSRF": "x" * 9_000},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "\xff"},
    {"Host": "a b"},
    {"Host": "[::"},
    {"Host": "x" * 300 + ":99999999"},
    {"Content-Length": "-5"},
    {"Content-Length": "five"},
    {"Content-Length": "٣"},
    {"Range": "bytes=9-1", "If-None-Match": "*", "If-Modified-Since": "yesterday"},
    {"X-HTTP-Method-Override": "DELETE", "Transfer-Encoding": "identity"},
]

METHODS = ["GET", "POST", "HEAD", "OPTIONS", "DELETE", "PUT", "TRACE"]
