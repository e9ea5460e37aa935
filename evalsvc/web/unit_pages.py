"""What the pages of the unit desk share: whose drafts they keep, and how they are shown."""

from evalsvc import request


def show(template: str, status: int = 200, **values: object) -> tuple[str, int]:
    """A page that knows the account whose unsent text this browser may hold."""
    return request.page(template, status, account_id=request.actor().account, **values)
