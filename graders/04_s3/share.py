"""Hidden checks of 04_s3/share: which object the link opens, until when, and that nothing else is public."""

from urllib.parse import quote

from drycloud import check

SOON, LATE = 55 * 60, 61 * 60  # seconds from the end of the run, which may have taken some minutes


def link_of(answers):
    """The link, also from the list of lines that a command printed."""
    found = answers.get("url")
    found = found[0] if isinstance(found, list | tuple) and len(found) == 1 else found
    return found.strip() if isinstance(found, str) else ""


@check(points=1)
def test_there_is_a_link(answers, fetch):
    """There is a link that opens something."""
    assert fetch(link_of(answers)).status == 200, "There is no link yet that opens an object."


@check(points=2, needs=test_there_is_a_link)
def test_it_leads_to_the_object(before, given, answers, fetch):
    """The link opens the given object."""
    page = fetch(link_of(answers))
    shared = before.objects(given.bucket)[given.key]
    assert page.bucket == given.bucket, (
        f"The link opens an object in the bucket {page.bucket!r}, but the given object is in {given.bucket!r}."
    )
    assert page.key == given.key, f"The link opens the object {page.key!r}, but the given object is {given.key!r}."
    assert page.data == shared.data, "The link opens the object, but the content of the object has changed."


@check(points=2, needs=test_there_is_a_link)
def test_all_stays_private(before, after, given, fetch):
    """Without the link, nobody can read more than before, and your code changed nothing."""
    plain = f"http://127.0.0.1/{given.bucket}/{quote(given.key)}"
    assert fetch(plain).status != 200, "Anybody can read the object now, without the signature in your link."
    opened = [r.id for r in after.resources.values() if getattr(r, "public", False)]
    assert not opened, f"{opened[0]!r} is public now. A link does not need that."
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed something: {changes[0]} (in total: {len(changes)}). To create a link, change nothing."
    )
    left = after.costs_since(before)
    assert not left, f"Your code left something new that costs money: {left[0]} (in total: {len(left)})."


@check(points=2, needs=test_there_is_a_link)
def test_it_holds_for_an_hour(answers, fetch):
    """The link is valid for one hour, and not longer."""
    link = link_of(answers)
    assert fetch(link, SOON).status == 200, (
        "In 55 minutes the link will have expired: that is too early. ExpiresIn is in seconds."
    )
    assert "Signature=" in link, "The link has no signature, so it does not expire."
    assert fetch(link, LATE).status != 200, "In 61 minutes the link will still be valid: that is too long."
