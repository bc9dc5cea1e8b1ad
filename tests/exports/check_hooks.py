#!/usr/bin/env python3
"""Runs what docs/archive.md gives to Archivematica and Apache Tika as those programs run it, read out of the document itself.

check_hooks.py RAPPORTEUR ROOT

Archivematica puts values for %names% into a command of its Format Policy Registry, gives it to bash and goes by the exit
status and, for a normalization, by the file that must be there; `metadata/source-metadata.csv` names a file of the transfer,
one of the metadata folder, and a type that a file has but once. Tika runs the check of an external parser, takes the parser
where the exit status is none of the error codes, and reads what it prints for a file put in place of ${INPUT}.
"""
import csv
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

REPORT = "# REPORT OF THE MEETING\n\nNC/R(2021)4\n\n1. The Meeting was held online on 14 May 2019.\n"


def expect(what, got, expected):
    if got != expected:
        raise SystemExit(f"{what}: {got!r} instead of {expected!r}")


def section(document, title):
    return document.split(f"\n## {title}\n")[1].split("\n## ")[0]


def blocks(text):
    return re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)


def run(command, place, env, **values):
    for name, value in values.items():
        command = command.replace(f"%{name}%", str(value))
    if "%" in command:
        raise SystemExit(f"a name that Archivematica does not know: {command}")
    return subprocess.run(["bash", "-c", command], cwd=place, env=env, capture_output=True, text=True, timeout=60)


def archivematica(text, place, env):
    normalize, characterize, table = blocks(text)
    values = {"outputDirectory": f"{place}/out/", "prefix": "uuid-", "fileName": "a report", "postfix": "-1"}
    (place / "out").mkdir()
    expect("normalization", run(normalize, place, env, fileFullName=place / "objects/a report.md", **values).returncode, 0)
    made = place / "out/uuid-a report-1.xml"
    expect("verification", ElementTree.parse(made).getroot().tag, "{urn:x-rapporteur:report:1}report")
    expect("normalization of what is none", run(normalize, place, env, fileFullName=place / "objects/none.md", **values).returncode != 0, True)
    told = run(characterize, place, env, fileFullName=place / "objects/a report.md")
    titles = [e.text for e in ElementTree.fromstring(told.stdout).iter("{http://purl.org/dc/elements/1.1/}title")]
    expect("characterization", (told.returncode, titles), (0, ["REPORT OF THE MEETING"]))

    (place / "objects/report.md").write_text(REPORT)
    (place / "metadata").mkdir()
    for command in (["parse", "-q", "objects/report.md", "-o", "report.xml", "--premis", "metadata/report.premis.xml"],
                    ["export", "dc", "report.xml", "-o", "metadata/report.dc.xml"]):
        subprocess.run([env["RAPPORTEUR"], *command], cwd=place, check=True, env=env)
    rows = list(csv.DictReader(table.splitlines()))
    expect("columns", list(rows[0]), ["filename", "metadata", "type"])
    for row in rows:
        expect(f"{row['filename']} is of the transfer", (place / row["filename"]).is_file() and row["filename"].startswith("objects/"), True)
        ElementTree.parse(place / "metadata" / row["metadata"])
    expect("types", len({(row["filename"], row["type"]) for row in rows}), len(rows))


def tika(text, place, env):
    config = ElementTree.fromstring(blocks(text)[0].encode())
    expect("root", config.tag, "external-parsers")
    for parser in config:
        expect("children", [child.tag for child in parser], ["check", "command", "mime-types"])
        codes = {int(code) for code in parser.findtext("check/error-codes").split(",")}
        check = subprocess.run(parser.findtext("check/command").split(), env=env, capture_output=True)
        expect("check", (check.returncode, check.returncode in codes), (0, False))
        words = parser.findtext("command").split()
        expect("one ${INPUT}", words.count("${INPUT}"), 1)
        told = subprocess.run([str(place / "objects/a report.md") if w == "${INPUT}" else w for w in words], env=env, capture_output=True, text=True)
        expect("parser", (told.returncode, "1. The Meeting was held online on 14 May 2019." in told.stdout), (0, True))


def main():
    program, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    document = (root / "docs/archive.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        (place / "objects").mkdir()
        (place / "objects/a report.md").write_text(REPORT)
        env = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "RAPPORTEUR": str(program)}
        archivematica(section(document, "Archivematica"), place, env)
        tika(section(document, "Apache Tika"), place, env)
    print("the hooks of docs/archive.md keep their contracts")


if __name__ == "__main__":
    main()
