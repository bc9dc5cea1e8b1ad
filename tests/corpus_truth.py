#!/usr/bin/env python3
"""Checks the hand-made outlines of corpus/ against the reports that they describe.

A wrong truth teaches the wrong lesson, so every record must have five columns and a known kind, stand in document order,
and its words must be found in the report at the line that it names (or within the few lines after it, where a title or a
reference runs over a line end). Called with the corpus folder; prints each fault and exits 1 if there is one.
"""
import html
import pathlib
import re
import sys
import tomllib
import zipfile

KINDS = {"organization", "symbol", "date", "title", "place", "section", "paragraph", "annex", "annexref", "furniture"}
HEADER = {"organization", "symbol", "date", "title", "place"}
REACH = 12  # lines that a record's words may take, the first included


def letters(text):
    """The letters and digits of a text, which are all that markup, blanks and line ends leave alone."""
    text = html.unescape(re.sub(r"\]\([^)\s]*\)", "]", text))
    return "".join(c for c in text if c.isalnum())


def lines_of(report, encoding):
    """The report's lines as the outline counts them; one piece for a format that has no lines of its own."""
    if report.suffix == ".docx":
        with zipfile.ZipFile(report) as archive:
            text = archive.read("word/document.xml").decode("utf-8")
        return [re.sub(r"<[^>]*>", "", text)]
    text = report.read_bytes().decode(encoding)
    if report.suffix == ".html":
        text = re.sub(r"<!--.*?-->|<[^>]*>", lambda tag: "\n" * tag.group().count("\n"), text, flags=re.S)
    return text.split("\n")


def faults(folder):
    """Every fault of one report's truth, as a sentence."""
    about = tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))
    if set(about) - {"encoding"} != {"title", "language", "layout", "what"}:
        yield "about.toml: wants title, language, layout and what, and encoding where it is not UTF-8"
    reports = sorted(folder.glob("input.*"))
    if len(reports) != 1:
        yield f"wants one input file, has {len(reports)}"
        return
    lines = [letters(line) for line in lines_of(reports[0], about.get("encoding", "utf-8"))]
    whole, last, once = "".join(lines), 0, set()
    truth = (folder / "expected.outline.tsv").read_text(encoding="utf-8")
    for row, record in enumerate(truth.split("\n")[:-1], 1):
        columns = record.split("\t")
        if len(columns) != 5 or not columns[4].isdigit():
            yield f"record {row}: wants five columns, the last a line number"
            continue
        kind, _, _, text, line = columns
        line = int(line)
        if kind.removesuffix("?") not in KINDS:
            yield f"record {row}: unknown kind {kind!r}"
        if kind in HEADER and kind in once:
            yield f"record {row}: a second {kind}"
        once.add(kind)
        if text != " ".join(text.split()):
            yield f"record {row}: white space is not folded in {text!r}"
        if kind == "paragraph" and len(text) > 60:
            yield f"record {row}: a paragraph's text has 60 characters at most"
        if line and line < last:
            yield f"record {row}: line {line} comes after line {last}"
        last = line or last
        seen = "".join(lines[line - 1:line - 1 + REACH]) if line else whole
        if letters(text) not in seen and not (kind in HEADER | {"section", "annex"} and near(text, seen)):
            yield f"record {row}: {text!r} does not stand at line {line}"


def near(text, seen):
    """Whether the words of a heading stand there in order, a number or an agenda mark between them allowed."""
    at = 0
    for word in text.split():
        at = seen.find(letters(word), at)
        if at < 0:
            return False
        at += len(letters(word))
    return True


if __name__ == "__main__":
    folders = sorted(about.parent for about in pathlib.Path(sys.argv[1]).glob("*/about.toml"))
    found = [f"{folder.name}: {fault}" for folder in folders for fault in faults(folder)]
    print("\n".join(found) if found else f"corpus: the truth of {len(folders)} reports agrees with them")
    sys.exit(1 if found or not folders else 0)
