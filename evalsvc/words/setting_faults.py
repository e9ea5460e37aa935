"""Settings that cannot be used: what was given, what to write instead."""

from evalsvc.words.sentence import Sentence

_GIVEN = "The setting {name} cannot be used: “{value}”."

SETTINGS: dict[str, Sentence] = {
    "no-such-setting": Sentence("There is no setting {name}.", "The settings are {known}."),
    "setting-not-a-number": Sentence(_GIVEN, "Write a whole number."),
    "setting-not-a-switch": Sentence(_GIVEN, "Write 1 for yes or 0 for no."),
    "setting-not-megabytes": Sentence(_GIVEN, "Write a number of megabytes from 1 to {most}."),
    "setting-not-days": Sentence(_GIVEN, "Write numbers of days from 1 to 99, such as 7,3,1."),
    "setting-not-a-site": Sentence(
        _GIVEN, "Write https:// and the name of the site, and nothing after it."
    ),
    "setting-not-a-socket": Sentence(_GIVEN, "Write unix:/path/of/the/socket or host:port."),
    "setting-not-a-sender": Sentence(
        _GIVEN, "Write the address that mails come from, such as dan-van@example.vn."
    ),
    "mail-begins-otherwise": Sentence(_GIVEN, "Begin as one of these: {forms}."),
    "mail-port-not-a-number": Sentence(
        _GIVEN, "The port is a number. In a password write %2F for / and %40 for @."
    ),
    "mail-with-spaces": Sentence(_GIVEN, "Write it without spaces and line breaks."),
    "mail-goes-on": Sentence(
        _GIVEN,
        "Write nothing after the port. In a password write %2F for /, %3F for ? and %23 for #.",
    ),
    "mail-no-server": Sentence(_GIVEN, "Name the server, as in one of these: {forms}."),
    "mail-port-too-low": Sentence(_GIVEN, "Write a port from 1 to 65535."),
    "mail-half-a-sign-in": Sentence(_GIVEN, "Write both user and password, or neither."),
    "mail-sign-in-not-plain": Sentence(
        _GIVEN, "Use unaccented letters, digits and signs in user and password."
    ),
    "mail-password-in-the-open": Sentence(
        _GIVEN,
        "Send a password only with smtp+starttls or smtps, where nobody on the way reads it.",
    ),
}
