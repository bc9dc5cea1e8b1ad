#!/usr/bin/env python3
"""Compares what the program makes of the reports of corpus/ with what is expected of it.

run_golden.py RAPPORTEUR FOLDER            one report: outline, XML, and xmllint's verdict on the XML
run_golden.py RAPPORTEUR --agree CORPUS    jing (RELAX NG) and xmllint (XSD) on every expected.xml at once

FOLDER holds input.*, expected.outline.tsv (the truth, written by hand) and expected.xml. UPDATE_GOLDENS=1 rewrites
expected.xml in place and fails all the same; it never touches the outline. The sum of the grammar is left out of the
comparison: every edit of a grammar changes it, in every report, and a reader of the difference learns nothing from it.
"""
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import outline_truth


def call(*command):
    return subprocess.run([str(c) for c in command], capture_output=True, stdin=subprocess.DEVNULL, timeout=300)


def differences(name, expected, got):
    lines = list(difflib.unified_diff(expected.splitlines(), got.splitlines(), f"expected {name}", f"got {name}", lineterm=""))
    return lines[:60] + ([f"... and {len(lines) - 60} lines more"] if len(lines) > 60 else [])


def without_grammar_sum(xml):
    return re.sub(r'(<grammar [^>]*sha256=")[0-9a-f]{64}"', rf'\g<1>{"0" * 64}"', xml)


def schema(program, place):
    for kind in ("xsd", "rnc"):
        (place / f"report.{kind}").write_bytes(call(program, "schema", f"--{kind}").stdout)


def one(program, folder, place):
    faults = []
    source = next(folder.glob("input.*"))
    outline = call(program, "outline", "--to", "tsv", source)
    if outline.returncode != 0:
        faults.append(f"outline exits {outline.returncode}: {outline.stderr.decode()}")
    faults += outline_truth.differences((folder / "expected.outline.tsv").read_text(encoding="utf-8"), outline.stdout.decode())

    made = place / "made.xml"
    parsed = call(program, "parse", source, "-o", made)
    if parsed.returncode != 0:
        return faults + [f"parse exits {parsed.returncode}: {parsed.stderr.decode()}"]
    expected = folder / "expected.xml"
    known = expected.read_text(encoding="utf-8") if expected.exists() else ""
    xml = without_grammar_sum(made.read_text(encoding="utf-8"))
    if xml != known:
        faults += differences("XML", known, xml)
        if os.environ.get("UPDATE_GOLDENS") == "1":
            expected.write_text(xml, encoding="utf-8")
            faults.append(f"{expected} was rewritten: read the difference before you keep it")
    schema(program, place)
    checked = call("xmllint", "--nonet", "--noout", "--schema", place / "report.xsd", made)
    if checked.returncode != 0:
        faults.append(checked.stderr.decode())
    return faults


def agree(program, corpus, place):
    schema(program, place)
    files = sorted(corpus.glob("*/expected.xml"))
    faults = []
    for tool in (["jing", "-c", place / "report.rnc"], ["xmllint", "--nonet", "--noout", "--schema", place / "report.xsd"]):
        done = call(*tool, *files) if files else None
        if done and done.returncode != 0:
            faults.append(done.stdout.decode() + done.stderr.decode())
    return faults


if __name__ == "__main__":
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        if sys.argv[2] == "--agree":
            faults = agree(program, pathlib.Path(sys.argv[3]), pathlib.Path(name))
        else:
            faults = one(program, pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(name))
    print("\n".join(faults))
    sys.exit(1 if faults else 0)
