#!/usr/bin/env python3
"""rapporteur in pipelines of the real pandoc: tree on standard input, JSON filter, writer, their setup, and the doctor.

check_pandoc.py RAPPORTEUR ROOT
"""
import json
import pathlib
import re
import subprocess
import sys

from support import Checks, Folder, need, pandoc

need("pandoc", "pdftotext", "xmllint")
checks = Checks()
folder = Folder(sys.argv[1])
root = pathlib.Path(sys.argv[2])
rapporteur = str(folder.program)
source = """**COUNCIL OF THE LAKES**

CL/WG/R(2021)2

**REPORT OF THE MEETING OF THE WORKING GROUP**

1. The Meeting was held online on 12 May 2021.

#### AGENDA ITEM 1: ADOPTION OF THE AGENDA

2. The Meeting adopted its agenda, which is attached as Annex I.

#### AGENDA ITEM 2: OTHER MATTERS

3. Nothing was raised. See *Annex II* and Annexes III and IV.
"""
for name in ("docx", "html", "odt", "epub"):
    folder.write(f"in.{name}", pandoc(source, "markdown", name, "--standalone", "-M", "title=Title"))


def shell(command, **more):
    got = folder.run("bash", "-o", "pipefail", "-c", command, **more)
    checks.equal(f"{command}: processes", got.left_processes, [])
    return got


# == a tree on standard input ==
for name in ("docx", "html"):
    direct = shell(f"rapporteur outline --to tsv in.{name}")
    piped = shell(f"pandoc -t json in.{name} | rapporteur outline --to tsv -f pandoc-json")
    # The title of an HTML page's head is no part of its tree.
    furniture = lambda rows: [row for row in rows.out.decode().splitlines() if not row.startswith("furniture\t")]
    checks.equal(f"{name}: piped is direct", furniture(piped), furniture(direct))
    checks.equal(f"{name}: status", (direct.status, piped.status), (0, 0))
    checks.equal(f"{name}: paragraphs", [l.split("\t")[1] for l in direct.out.decode().splitlines() if l.startswith("paragraph")], ["1", "2", "3"])

# == the filter ==
once = shell("pandoc in.docx -t html --wrap=none --filter pandoc-rapporteur")
html = once.out.decode()
checks.equal("filter: status and message", (once.status, once.err), (0, ""))
for shown in ('class="rapporteur agenda-item" data-rapporteur-type="agendaItem" data-rapporteur-n="1" data-rapporteur-agenda-item="1"',
              '<div class="rapporteur numbered-paragraph" data-rapporteur-n="2" data-rapporteur-num="2."',
              '<span class="rapporteur annex-ref" data-rapporteur-n="I" data-rapporteur-status="unresolved">Annex I</span>'):
    checks.true("filter, HTML out", shown in html, f"\n{shown}\nis not in\n{html}")
for to in ("html", "json", "markdown", "native"):
    first = shell(f"pandoc in.docx -t {to} --filter pandoc-rapporteur")
    twice = shell(f"pandoc in.docx -t {to} --filter pandoc-rapporteur --filter pandoc-rapporteur")
    checks.equal(f"filter twice, {to}", twice.out, first.out)
tree = json.loads(shell("pandoc in.docx -t json --filter pandoc-rapporteur").out)
checks.equal("api-version comes back", tree["pandoc-api-version"], json.loads(shell("pandoc in.docx -t json").out)["pandoc-api-version"])
counted = tree["meta"]["rapporteur"]["c"]["report"]["c"]
checks.equal("counts", {k: counted[k]["c"] for k in ("paragraphs", "agenda-items", "docNumber")}, {"paragraphs": "3", "agenda-items": "2", "docNumber": "CL/WG/R(2021)2"})
words = lambda path: re.sub(r"\s+", " ", subprocess.run(["pandoc", "-t", "plain", "--wrap=none", folder.path / path], capture_output=True, text=True, check=True).stdout)
made = shell("pandoc in.docx -o out.docx --filter pandoc-rapporteur")
checks.equal("filter, DOCX out: status", made.status, 0)
checks.equal("filter, DOCX out: words", words("out.docx"), words("in.docx"))
outline = lambda path: [l.split("\t")[:4] for l in shell(f"rapporteur outline --to tsv {path}").out.decode().splitlines()]
checks.equal("filter, DOCX out: outline", outline("out.docx"), outline("in.docx"))

# options, and failures that pandoc passes on
named = shell("pandoc in.docx -t json -M rapporteur.grammar=common --filter pandoc-rapporteur")
checks.equal("grammar from metadata", json.loads(named.out)["meta"]["rapporteur"]["c"]["report"]["c"]["grammar"]["c"], "common.numbered-report")
named = shell("RAPPORTEUR_GRAMMAR=common pandoc in.docx -t json --filter pandoc-rapporteur")
checks.equal("grammar from the environment", json.loads(named.out)["meta"]["rapporteur"]["c"]["report"]["c"]["grammar"]["c"], "common.numbered-report")
refused = shell("pandoc in.docx -o refused.html -M rapporteur.grammar=nowhere --filter pandoc-rapporteur")
checks.equal("no such grammar: pandoc's status and files", (refused.status, refused.left_files), (83, []))
checks.true("no such grammar: its message comes through", "error G110: " in refused.err, refused.err)

# == setup, in the folder where pandoc looks by itself ==
data = folder.path / "home/.local/share/pandoc"
before = folder.files()
setup = folder.run("rapporteur", "pandoc-setup")
lua, link = data / "custom/rapporteur.lua", data / "filters/pandoc-rapporteur"
checks.equal("setup says what it did", (setup.status, setup.out.decode()),
             (0, f"linked {link} to {folder.program.parent / 'pandoc-rapporteur'}\nwrote {lua}\n"
                 f"pandoc FILE --filter pandoc-rapporteur -o OUT.html\npandoc FILE -t {lua} -o OUT.xml\n"))
plain_path = ":".join(p for p in folder.environment()["PATH"].split(":") if p != str(folder.program.parent))
found = shell("pandoc in.docx -t html --wrap=none --filter pandoc-rapporteur", PATH=plain_path)
checks.equal("pandoc finds the filter by itself", (found.status, found.out), (0, once.out))
written = shell(f"pandoc in.docx -t {lua} -o written.xml", PATH=plain_path)
checks.equal("the writer's status and message", (written.status, written.err), (0, ""))
piped = shell("pandoc -t json in.docx | rapporteur parse -q -f pandoc-json -o piped.xml")
xml = lambda name: re.sub(r' (sha256|bytes)="\w+"', "", (folder.path / name).read_text(), count=2)  # of trees with and without a line end
checks.equal("the writer gives our XML", xml("written.xml"), xml("piped.xml"))
folder.write("report.xsd", folder.run("rapporteur", "schema", "--xsd").out)
checks.equal("which is valid", shell("xmllint --noout --schema report.xsd written.xml").status, 0)
broken = shell(f"RAPPORTEUR=/nonexistent pandoc in.docx -t {lua} -o broken.xml", PATH=plain_path)
checks.true("a writer that fails leaves nothing", broken.status != 0 and broken.left_files == [], (broken.status, broken.left_files))
again = folder.run("rapporteur", "pandoc-setup")
checks.equal("a second setup does the same", (again.status, again.out), (0, setup.out))
undone = folder.run("rapporteur", "pandoc-setup", "--undo")
checks.equal("undo says what it did", (undone.status, undone.out.decode()), (0, f"removed {link}\nremoved {lua}\n"))
checks.true("and nothing is left", not link.is_symlink() and not lua.exists())
undone = folder.run("rapporteur", "pandoc-setup", "--undo")
checks.equal("undo of nothing", (undone.status, undone.out.decode()), (0, f"not there: {link}\nnot there: {lua}\n"))
lua.write_text("-- mine\n")
refused = folder.run("rapporteur", "pandoc-setup")
checks.equal("what is another's stays", (refused.status, lua.read_text(), refused.err),
             (6, "-- mine\n", f"{lua}: error U602: something else has that name already\n  help: move it away first\n"))
checks.true("and so does the folder as it was", not link.is_symlink())
undone = folder.run("rapporteur", "pandoc-setup", "--undo")
checks.equal("undo leaves it too", lua.read_text(), "-- mine\n")
elsewhere = folder.run("rapporteur", "pandoc-setup", "--data-dir", folder.path / "data")
checks.equal("another data directory", (elsewhere.status, sorted(p.name for p in (folder.path / "data").rglob("*"))),
             (0, ["custom", "filters", "pandoc-rapporteur", "rapporteur.lua"]))

# == the doctor ==
doctor = folder.run("rapporteur", "doctor")
versions = {line.split()[0]: line for line in doctor.out.decode().splitlines() if not line.startswith(" ")}
real = subprocess.run(["pandoc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
checks.equal("doctor: status", doctor.status, 0)
checks.true("doctor: pandoc's version", re.fullmatch(rf"pandoc +{re.escape(real)} +for DOCX, ODT, HTML, RTF, EPUB", versions["pandoc"]), versions["pandoc"])
checks.true("doctor: pdftotext", re.fullmatch(r"pdftotext +[\d.]+ +for PDF", versions["pdftotext"]), versions["pdftotext"])
checks.equal("doctor: the end", doctor.out.decode().splitlines()[-1], "All formats can be read.")
ill = folder.run("rapporteur", "doctor", "--pandoc", "no-such-pandoc", PATH="/nonexistent")
checks.equal("doctor: status where something is missing", ill.status, 5)
checks.true("doctor: the line that installs it", "pandoc      MISSING     for DOCX, ODT, HTML, RTF, EPUB\n            install it: sudo apt-get install pandoc\n" in ill.out.decode(), ill.out.decode())
checks.end()
