#!/usr/bin/env python3
"""xmllint (report.xsd) and jing (report.rnc) judge every case of tests/cases/schema and every expected.xml of the corpus;
both must come to the verdict of our own validator.

Known differences, both by design: RELAX NG sees neither doubled ids (X107) nor dangling targets (X108); and our reader
refuses a DOCTYPE (X202), which other tools may read.
Exit status 77 where a tool is missing.
"""
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ONLY_XSD = {"X107", "X108"}


def codes(case):
    """The codes that our validator gives, from the file beside the case; none: valid."""
    expected = case.with_suffix(".expected")
    if not expected.exists():
        return set()
    rows = expected.read_text(encoding="utf-8").splitlines()
    return {row.split("error ")[1].split(":")[0] for row in rows if "error X" in row}


def rejected_by(command, files):
    out = subprocess.run(command + [str(f) for f in files], capture_output=True, text=True)
    text = out.stdout + out.stderr
    return {f for f in files if any(row.startswith(f"{f}:") or row == f"{f} fails to validate" for row in text.splitlines())}


def main():
    for tool in ("xmllint", "jing"):
        if shutil.which(tool) is None:
            print(f"check_agreement: {tool} is not installed", file=sys.stderr)
            return 77
    files = sorted((ROOT / "tests/cases/schema").glob("*.xml")) + sorted((ROOT / "corpus").glob("**/expected.xml"))
    files = [f for f in files if "X202" not in codes(f)]
    broken = [f for f in files if "X201" in codes(f)]  # one of these would end a run of jing over many files
    by_xsd = rejected_by(["xmllint", "--nonet", "--noout", "--schema", str(ROOT / "schema/report.xsd")], files)
    by_rnc = rejected_by(["jing", "-c", str(ROOT / "schema/report.rnc")], [f for f in files if f not in broken])
    for file in broken:
        by_rnc |= rejected_by(["jing", "-c", str(ROOT / "schema/report.rnc")], [file])
    wrong = 0
    for file in files:
        found = codes(file)
        for tool, rejected, expected in (("xmllint", file in by_xsd, bool(found)), ("jing", file in by_rnc, bool(found - ONLY_XSD))):
            if rejected != expected:
                wrong += 1
                print(f"{file.relative_to(ROOT)}: {tool} {'rejects' if rejected else 'accepts'} it, we do not")
    print(f"{len(files)} documents, {len(by_xsd)} rejected by xmllint, {len(by_rnc)} by jing, {wrong} disagreements")
    return 1 if wrong or not by_xsd else 0


if __name__ == "__main__":
    sys.exit(main())
