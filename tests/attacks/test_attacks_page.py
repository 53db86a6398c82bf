"""docs/attacks.md says what the corpus and the trial of stock nbgrader say."""

from attacks.document import LINES, PAGE, corpus, measured, page


def test_the_page_is_the_corpus() -> None:
    """The page is the one that the corpus makes: run `make attacks` after a change of it."""
    assert PAGE.read_text(encoding="utf-8") == page(corpus(), measured())


def test_every_line_of_the_list_is_attacked() -> None:
    """At least one attack stands in the corpus for each line, and at least a hundred in all; none has another line."""
    rows = corpus()
    assert {row.line for row in rows} == {number for lines in LINES.values() for number in lines}
    assert len(rows) >= 100


def test_what_was_tried_is_in_the_corpus() -> None:
    """Stock nbgrader's verdicts are on attacks that there are: what was renamed or taken away is tried again."""
    tried = measured()["tried"]
    assert len(tried) >= 15
    assert tried.keys() <= {row.name for row in corpus()}
