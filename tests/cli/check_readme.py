#!/usr/bin/env python3
"""Holds the README to its word: the report that it shows gives the XML that it shows.

check_readme.py RAPPORTEUR README.md

The first code block without a language is the report; the first of language xml is what comes of it: its lines must all be
in the XML, in that order, with `...` for any number of others. Where things stood and how sure they are is left out there.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

text = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
report = next(content for language, content in blocks if not language)
shown = next(content for language, content in blocks if language == "xml")

with tempfile.TemporaryDirectory() as name:
    source = pathlib.Path(name) / "report.md"
    source.write_text(report, encoding="utf-8")
    made = subprocess.run([sys.argv[1], "parse", "-q", source], capture_output=True, text=True, check=True).stdout

made = re.sub(r' (?:offset|length|endLine|rule|confidence)="[^"]*"', "", made)
lines = [line.strip() for line in made.splitlines()]
at = 0
for line in shown.splitlines():
    if line.strip() == "...":
        continue
    if line.strip() not in lines[at:]:
        sys.exit(f"README shows a line that is not in the XML there:\n{line}\nThe XML is\n{made}")
    at = lines.index(line.strip(), at) + 1
