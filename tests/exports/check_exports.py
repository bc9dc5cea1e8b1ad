#!/usr/bin/env python3
"""Judges every export of every report of the corpus by programs that others wrote.

check_exports.py RAPPORTEUR ROOT KIND

akn      xmllint and `rapporteur validate --schema` with the official schema (ROOT/../shared/schemas, else the test is
         skipped), names unique, references with targets; the reports of ROOT/../shared/eval/open too, where they are
tei      jing with schema/tei-subset.rnc
records  schema/record.schema.json, with the validator jsonschema; parents before children, ids unique
same     `parse -t FORM` and `export FORM` of its XML say the same, twice over
text     `export text`, parsed again, gives the same outline for every report
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "golden"))
import outline_truth

SKIP = 77


def call(*command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, timeout=300, **more)


class Reports:
    """The XML of all reports, made once in a folder of the test's own."""

    def __init__(self, program, root, place, others=False):
        sources = sorted(root.glob("corpus/*/input.*"))
        if others:
            sources += sorted((root / "../shared/eval/open/docs").glob("*"))
        self.program, self.place, self.made = program, place, []
        for at, source in enumerate(sources):
            made = place / f"{at}.xml"
            if call(program, "parse", "-q", source, "-o", made).returncode == 0:
                self.made.append((source, made))

    def export(self, form):
        for source, made in self.made:
            done = call(self.program, "export", form, made)
            if done.returncode != 0:
                raise SystemExit(f"{source}: export {form} exits {done.returncode}: {done.stderr.decode()}")
            target = made.with_suffix("." + form)
            target.write_bytes(done.stdout)
            yield source, target


def broken_links(file):
    ids, wanted = set(), []
    for element in ElementTree.parse(file).iter():
        if eid := element.get("eId"):
            if eid in ids:
                yield f"{eid} twice"
            ids.add(eid)
        wanted += [element.get(a, "") for a in ("href", "refersTo", "as", "source")]
    for value in wanted:
        if value.startswith("#") and value[1:] not in ids:
            yield f"{value} leads nowhere"


def akn(program, root, place):
    schema = root / "../shared/schemas/akomantoso30.xsd"
    if not schema.exists():
        return print("the official schema is not at hand"), SKIP
    files = dict((made, source) for source, made in Reports(program, root, place, others=True).export("akn"))
    judged = call("xmllint", "--nonet", "--noout", "--schema", schema, *files)
    faults = [line for line in judged.stderr.decode().splitlines() if not line.endswith(" validates")]
    own = call(program, "validate", "-q", "--schema", schema, *list(files)[:3])
    faults += [own.stderr.decode()] if own.returncode != 0 else []
    for made, source in files.items():
        faults += [f"{source}: {fault}" for fault in broken_links(made)]
    return faults, len(files)


def tei(program, root, place):
    files = [made for _, made in Reports(program, root, place).export("tei")]
    judged = call("jing", "-c", root / "schema/tei-subset.rnc", *files)
    return ([judged.stdout.decode()] if judged.returncode != 0 else []), len(files)


def records(program, root, place):
    try:
        import jsonschema
    except ImportError:
        return print("python3-jsonschema is not installed"), SKIP
    validator = jsonschema.Draft202012Validator(json.loads((root / "schema/record.schema.json").read_text()))
    faults, count = [], 0
    for source, made in Reports(program, root, place).export("records"):
        seen = set()
        for line in made.read_text(encoding="utf-8").split("\n")[:-1]:
            record = json.loads(line)
            count += 1
            faults += [f"{source}: {record['id']}: {error.message}" for error in validator.iter_errors(record)]
            if record["id"] in seen:
                faults.append(f"{source}: {record['id']} twice")
            if record["kind"] != "document" and record["parent"] not in seen:
                faults.append(f"{source}: {record['id']} comes before its parent")
            seen.add(record["id"])
    return faults, count


def same(program, root, place):
    faults, reports = [], Reports(program, root, place)
    for source, made in reports.made[:8]:
        for form in ("records", "akn", "tei", "dc", "text"):
            exported = call(program, "export", form, made).stdout
            if call(program, "export", form, "-", input=made.read_bytes()).stdout != exported:
                faults.append(f"{source}: {form} differs from run to run")
            if call(program, "parse", "-q", source, "-t", form).stdout != exported:
                faults.append(f"{source}: parse -t {form} and export {form} differ")
    return faults, len(reports.made)


def text(program, root, place):
    differ, reports = [], Reports(program, root, place)
    for source, made in reports.export("text"):
        again = made.with_suffix(".md")
        made.rename(again)
        rows = []
        for file in (source, again):
            table = call(program, "outline", "--to", "tsv", file).stdout.decode()
            rows.append([row.split("\t")[:4] + ["0"] for row in table.split("\n")[:-1] if not row.startswith("furniture")])
        if outline_truth.differences(*("\n".join("\t".join(row) for row in of) for of in rows)):
            differ.append(source.parent.name)
    return [f"{name}: text parsed again gives another outline" for name in differ], len(reports.made)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        kind = {"akn": akn, "tei": tei, "records": records, "same": same, "text": text}[sys.argv[3]]
        faults, count = kind(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(name))
    if count == SKIP and faults is None:
        sys.exit(SKIP)
    print("\n".join(faults) or f"{count} {'records' if sys.argv[3] == 'records' else 'reports'} are well")
    sys.exit(1 if faults else 0)
