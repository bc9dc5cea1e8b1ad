#!/usr/bin/env python3
"""One report in every format: the outline of each equals that of the Markdown it was written from.

check_seed.py RAPPORTEUR ROOT

The reports are the seed (where there is one beside the project) and one of the corpus. Pandoc writes them as DOCX, ODT,
HTML, RTF and EPUB; LibreOffice writes the DOCX as PDF, and its own RTF, ODT and DOC, which come back by --convert. Compared
are paragraphs, sections and references to annexes: kind, label, agenda item, words.

Pandoc reads Markdown badly where numbers are printed (it counts lists anew: 7, 9, 10 become 7, 8, 9), so what it is given
has its printed numbers protected. A PDF loses typeface and the spaces between paragraphs: of the corpus report only the
paragraphs must then be the same, and what else differs is printed.
"""
import pathlib
import re
import shutil
import subprocess
import sys

from support import Checks, Folder, need

need("pandoc", "pdftotext")
checks = Checks()
root = pathlib.Path(sys.argv[2]).resolve()
compared = ("paragraph", "section", "annexref")


def protected(markdown):
    """Markdown whose printed numbers pandoc leaves alone."""
    return re.sub(r"^(\s*)(\(?[0-9]+|[A-Za-z])([.)])(?=\s)", r"\1\2\\\3", markdown, flags=re.M)


def outline(folder, path, *options):
    got = folder.run("rapporteur", "outline", "--to", "tsv", *options, path)
    checks.equal(f"{path}: status", got.status, 0)
    checks.equal(f"{path}: processes", got.left_processes, [])
    rows = [line.split("\t")[:4] for line in got.out.decode().splitlines()]
    return [(row[0], row[1], row[2], re.sub(r"\W", "", row[3])[:40]) for row in rows if row[0] in compared]


def compare(what, wanted, got):
    missed, invented = [r for r in wanted if r not in got], [r for r in got if r not in wanted]
    print(f"{what}: {len(wanted)} records, {len(missed)} missed, {len(invented)} invented", flush=True)
    if what == "corpus as pdf of LibreOffice":  # one section differs; it is printed
        print(f"  missed {missed}\n  invented {invented}")
        wanted, got = ([r for r in rows if r[0] == "paragraph"] for rows in (wanted, got))
    checks.true(f"{what}: the same outline", got == wanted, f"\n  missed {missed}\n  invented {invented}")


def check(name, source):
    folder = Folder(sys.argv[1])
    folder.write("report.md", source)
    wanted = outline(folder, "report.md")
    print(f"{name}: {[sum(r[0] == kind for r in wanted) for kind in compared]} {compared}")
    folder.write("protected.md", protected(source.decode()))
    for form in ("docx", "odt", "html", "rtf", "epub"):
        subprocess.run(["pandoc", "-s", "-f", "markdown-smart", "-M", "title= ", "-o", f"report.{form}", "protected.md"], cwd=folder.path, check=True, stderr=subprocess.DEVNULL)
        compare(f"{name} as {form}", wanted, outline(folder, f"report.{form}"))
    if not shutil.which("soffice"):
        print("not done: PDF, and what goes by way of LibreOffice: soffice is not installed")
        return
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder.path}/profile", "--convert-to"]
    (folder.path / "office").mkdir()
    for form in ("pdf", "doc", "odt", "rtf"):
        subprocess.run([*office, form, "--outdir", "office", "report.docx"], cwd=folder.path, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        options = () if form == "pdf" else ("--convert",)
        compare(f"{name} as {form} of LibreOffice", wanted, outline(folder, f"office/report.{form}", *options))


reports = {"corpus": root / "corpus/amber-coast-energy-report/input.md"}
seed = root.parent / "shared/seed"
found = sorted(seed.glob("**/*.md")) if seed.is_dir() else []
if found:
    reports["seed"] = found[0]
else:
    print("not done: the seed, which is not beside the project")
for name, path in reports.items():
    check(name, path.read_bytes())
checks.end()
