#!/usr/bin/env python3
"""Holds grammars/README.md to its word: with the grammar that it shows, the report that it shows gives the outline that
it shows; the starter that it asks for loads; and without the grammar no paragraph is found.

check_grammar_tutorial.py RAPPORTEUR grammars/README.md
"""
import pathlib
import re
import subprocess
import sys
import tempfile

program = sys.argv[1]
text = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
blocks = {language: content for language, content in re.findall(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S)}


def run(*words):
    done = subprocess.run([program, *words], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def compare(what, expected, found):
    if expected != found:
        sys.exit(f"{what}: the tutorial says\n{expected}\nbut it is\n{found}")


with tempfile.TemporaryDirectory() as folder:
    report = pathlib.Path(folder) / "report.txt"
    report.write_text(blocks["text"], encoding="utf-8")
    compare("paragraphs without the grammar", 0, run("outline", str(report)).count("paragraph"))
    (pathlib.Path(folder) / "lakes").mkdir()
    grammar = str(pathlib.Path(folder) / "lakes/report.toml")
    run("grammar", "new", "lakes.report", "Commission of the Lakes", "-o", grammar)
    run("grammar", "check", grammar)
    pathlib.Path(grammar).write_text(blocks["toml"], encoding="utf-8")
    run("grammar", "check", grammar)
    compare("the outline", blocks["outline"], run("outline", str(report), "--grammar", grammar))
    compare("the outline, the grammar found in a folder", blocks["outline"], run("outline", str(report), "--grammar-path", folder))
