"""The forms of an account: they see that something is typed, the deeds judge what."""

from collections.abc import Mapping
from typing import Any

from wtforms import Form, PasswordField, RadioField, StringField

from evalsvc.domain.reminders import Mails
from evalsvc.words.language import Language, sentence


class AccountForm(Form):
    """Says its labels and faults in the language of the page."""

    labels: Mapping[str, str]

    def __init__(self, given: Any, language: Language) -> None:
        super().__init__(given)
        self.language = language
        for name, label in self.labels.items():
            self[name].label.text = language.say(label)

    def is_filled(self) -> bool:
        """Notes each field that was left empty."""
        for field in self:
            if not field.data:
                field.errors = [self.language.say("Nothing is typed here.")]
        return not self.errors


class SignInForm(AccountForm):
    labels = {"name": sentence("Sign-in name"), "password": sentence("Password")}

    name = StringField()
    password = PasswordField()


class PasswordForm(AccountForm):
    labels = {
        "old": sentence("Present password"),
        "new": sentence("New password"),
        "again": sentence("New password once more"),
    }

    old = PasswordField()
    new = PasswordField()
    again = PasswordField()

    def is_filled(self) -> bool:
        if not super().is_filled():
            return False
        if self.new.data != self.again.data:
            self.again.errors = [self.language.say("The two new passwords are not the same.")]
        return not self.errors


WANTED: Mapping[Mails, str] = {
    Mails.ALL: sentence("All: at most one a day, and at once what is urgent"),
    Mails.URGENT: sentence("Only what is urgent"),
    Mails.NONE: sentence("None"),
}


class MailForm(AccountForm):
    labels = {"email": sentence("Mail address"), "mails": sentence("Which mails")}

    email = StringField()
    mails = RadioField()

    def __init__(self, given: Any, language: Language) -> None:
        super().__init__(given, language)
        self.mails.choices = [(each.value, language.say(said)) for each, said in WANTED.items()]

    @property
    def wanted(self) -> Mails:
        """What no browser sends is taken for all."""
        sent = self.mails.data
        return Mails(sent) if sent in list(Mails) else Mails.ALL

    def showing(self, email: str, mails: Mails) -> "MailForm":
        self.email.data, self.mails.data = email, mails.value
        return self
