"""What pages of an account share: who asks; their blueprint is open because of the door."""

from flask import abort, url_for
from flask import request as asked
from werkzeug.utils import redirect

from evalsvc import request
from evalsvc.usecases.sign_in import SignedIn
from evalsvc.visit import SAFE


def who() -> SignedIn:
    found = request.signed_in()
    if found is None and asked.method in SAFE:
        abort(redirect(url_for("account.sign_in", next=asked.full_path.rstrip("?"))))
    if found is None:
        abort(401)
    return found


def settled() -> SignedIn:
    """Somebody who has chosen the password themselves."""
    found = who()
    if found.must_change:
        abort(redirect(url_for("account.password"), 303))
    return found
