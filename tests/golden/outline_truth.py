"""Compares an outline that the program printed with the hand-made truth of a report of corpus/.

Byte equality would ask too much and too little: the truth marks places that may be read in two ways (`section?`, which
count neither way), files without line feeds have no lines to compare, records of one line may come in either order, and
how far a paragraph's first sixty characters reach into a list below it is no matter of recognition. What a reader would
call the same is the same here: kind, label, agenda item and line, and the letters of the text.
"""


def letters(text):
    return "".join(c for c in text.casefold() if c.isalnum())


def mark(text):
    """A label or agenda item without punctuation: 7(b) is 7b, but 2.1 is not 21."""
    return letters(text.replace(".", "x"))


def agree(truth, got):
    """Whether two rows (kind, label, agenda, text, line) say the same."""
    kind = truth[0].removesuffix("?")
    if (kind, truth[4]) != (got[0].removesuffix("?"), got[4]):
        return False
    if kind == "date":
        return truth[1] == got[1]
    if mark(truth[1]) != mark(got[1]) or mark(truth[2]) != mark(got[2]):
        return False
    a, b = letters(truth[3]), letters(got[3])
    if kind == "paragraph":
        return bool(a and b) and (a.startswith(b) or b.startswith(a))
    return a == b or kind == "annexref"


def take(rows, row):
    """Takes the first of `rows` that says the same as `row`, if there is one."""
    for at, other in enumerate(rows):
        if agree(other, row):
            del rows[at]
            return True
    return False


def differences(truth, outline):
    """What the outline misses and what it invents, a line each, in the order of the document."""
    truth = [row.split("\t") for row in truth.split("\n") if row]
    got = [row.split("\t") for row in outline.split("\n") if row]
    faults = [f"outline: a row without five columns: {row}" for row in got if len(row) != 5]
    got = [row for row in got if len(row) == 5]
    if all(row[4] == "0" for row in truth) or all(row[4] == "0" for row in got):  # the format knows no lines
        truth, got = ([row[:4] + ["0"] for row in rows] for rows in (truth, got))
    missed = [row for row in truth if not row[0].endswith("?")]
    doubtful = [row for row in truth if row[0].endswith("?")]
    invented = [row for row in got if not take(missed, row)]
    invented = [row for row in invented if not take(doubtful, row)]
    return faults + ["missed:   " + " | ".join(row) for row in missed] + ["invented: " + " | ".join(row) for row in invented]


def self_test():
    truth = "title\t\t\tA report\t1\nsection?\t1\t\tLight\t3\nparagraph\t1\t\tThe meeting was held: 1. a\t5\n"
    assert not differences(truth, "title\t\t\tA report\t1\nparagraph\t1\t\tThe meeting was held:\t5\n")
    assert not differences(truth, truth.replace("section?", "section"))
    assert differences(truth, truth.replace("section?", "section").replace("\t3\n", "\t4\n"))[0].startswith("invented")
    assert differences(truth, "title\t\t\tA report\t1\n")[0].startswith("missed")
    assert not differences("paragraph\t1\t\tOne\t0\n", "paragraph\t1\t\tOne\t7\n")


if __name__ == "__main__":
    self_test()
