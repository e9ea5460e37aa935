"""How a first password is shown: once, with what has to be done with it."""

import click

from evalsvc.usecases.accounts import FirstPassword
from evalsvc.words.language import Language


def say_first_password(language: Language, first: FirstPassword) -> None:
    click.echo(language.say("First password: {password}", password=first.text))
    click.echo(language.say("It is shown only now and has to be changed at the first sign-in."))
