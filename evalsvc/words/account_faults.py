"""Signing in, passwords and accounts: what is refused, what to do instead."""

from evalsvc.words.sentence import Sentence

ACCOUNTS: dict[str, Sentence] = {
    "wrong-name-or-password": Sentence(
        "The sign-in name or the password is not right.",
        "Type both again; whoever has forgotten them asks the administrator of the system.",
    ),
    "try-later": Sentence(
        "There were too many wrong tries.",
        "Wait {seconds} seconds, then sign in again; nothing is locked.",
    ),
    "old-password-wrong": Sentence(
        "The present password is not right.",
        "Type the password with which you have just signed in.",
    ),
    "password-not-new": Sentence(
        "The new password is the same as the present one.",
        "Think of another.",
    ),
    "password-too-short": Sentence(
        "The password is too short.",
        "Use at least {least} characters; a few words in a row are good.",
    ),
    "password-too-long": Sentence(
        "The password is too long.",
        "Use at most {most} characters.",
    ),
    "password-too-common": Sentence(
        "This password is one of those that are tried first.",
        "Think of another; a few words that only you put together are good.",
    ),
    "password-holds-name": Sentence(
        "The sign-in name stands in the password.",
        "Think of a password that has nothing to do with the name.",
    ),
    "password-of-one-sort": Sentence(
        "The password is made of one sort of characters only.",
        "Mix small letters with capital letters, digits, spaces or signs.",
    ),
    "not-an-account-name": Sentence(
        "“{text}” cannot be the name of an account.",
        "Use 3 to 60 of: small letters a–z, digits, hyphens, points; begin with a letter or digit.",
    ),
    "not-a-label": Sentence(
        "The account needs a label that people read.",
        "Write whose account it is, in at most {most} characters.",
    ),
    "account-without-role": Sentence(
        "The account has no role.",
        "Give it at least one, such as --role editor@so-noi-vu.",
    ),
    "account-exists": Sentence(
        "There is an account “{text}” already.",
        "Choose another name; names of ended accounts are not used again.",
    ),
    "no-such-account": Sentence(
        "There is no account “{text}”.",
        "See all of them with: evalsvc account list.",
    ),
    "account-ended": Sentence(
        "The account “{text}” has been ended.",
        "Make a new one under another name.",
    ),
    "no-such-role": Sentence(
        "There is no role “{text}”.",
        "Roles: {choices}.",
    ),
    "role-without-unit": Sentence(
        "The role “{text}” does not name its unit.",
        "Write the code of one unit after @, such as editor@so-noi-vu.",
    ),
    "role-over-everything": Sentence(
        "The role “{text}” is over the whole service.",
        "Write it without @ and what follows.",
    ),
    "not-a-place-of-role": Sentence(
        "“{text}” is nothing that a role is over.",
        "After @ write the code of a unit, kind: with a kind, or block: with a block.",
    ),
    "role-over-no-unit": Sentence(
        "No unit belongs to “{text}”.",
        "There are: {choices}.",
    ),
    "role-of-unknown-unit": Sentence(
        "There is no unit with the code “{text}”.",
        "Look at the code again, or import the units first.",
    ),
}
