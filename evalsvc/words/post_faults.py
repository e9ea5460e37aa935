"""What is said when a mail cannot be addressed."""

from evalsvc.words.sentence import Sentence

POST: dict[str, Sentence] = {
    "not-an-address": Sentence(
        "“{text}” is not a mail address.",
        "Write one address such as van-thu@so-noi-vu.example.vn, without a name beside it.",
    ),
}
