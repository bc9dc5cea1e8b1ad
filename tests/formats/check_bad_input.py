#!/usr/bin/env python3
"""Bad documents of foreign formats against the real programs.

check_bad_input.py RAPPORTEUR

Whatever is handed in: a typed message and its exit status, nothing half-written, no process left, memory bounded.
"""
import json
import os
import random
import signal
import sys
import time

from support import Checks, Folder, first_converting, docx, need, pandoc, pdf

need("pandoc", "pdftotext")
most_megabytes = 1024
checks = Checks()
report = "# OPENING\n\n1. The Meeting was held online.\n\n2. It adopted its agenda.\n"
damaged = "get a whole copy of it"
whole = pandoc(report, "markdown", "docx")
large_html = b"<p>1. " + b"A <b>word</b> of the report. " * 300_000


def bad(name, content, status, message, *options, seconds=20, **more):
    """Parses `content` as a file of that name. `message`: everything said."""
    folder = Folder(sys.argv[1])
    folder.write(name, content)
    got = folder.run("rapporteur", "parse", name, "-o", "out.xml", *options, **more)
    checks.equal(f"{name} {options}: status", got.status, status)
    checks.equal(f"{name} {options}: message", got.err, message)
    checks.equal(f"{name} {options}: left files", got.left_files, ["out.xml"] if status == 0 else [])
    checks.equal(f"{name} {options}: left processes", got.left_processes, [])
    checks.true(f"{name} {options}: memory", got.megabytes < most_megabytes, f"({got.megabytes:.0f} MB)")
    checks.true(f"{name} {options}: time", got.seconds < seconds, f"({got.seconds:.1f} s)")
    return got


# == DOCX ==
bad("cut.docx", whole[: len(whole) // 2], 1,
    f"cut.docx: error R302: the file is cut off or damaged: its directory is missing\n  help: {damaged}\n")
bad("garbage.docx", random.Random(1).randbytes(5000), 1,
    "garbage.docx: error R301: the file is no zip container, as a DOCX, ODT or EPUB file is\n"
    "  help: check its name: the content is of another format, or damaged\n")
bad("head.docx", b"PK\x03\x04" + random.Random(2).randbytes(5000), 1,
    f"head.docx: error R302: the file is cut off or damaged: its directory is missing\n  help: {damaged}\n")
bad("inside.docx", docx("<w:p><not closed"), 1,
    "inside.docx: error E106: pandoc cannot read this document: couldn't parse docx file: DocxError\n"
    "  help: open it in the program that made it and save it anew\n")
bomb = docx("<w:p><w:r><w:t>" + " " * 1_000_000 + "</w:t></w:r></w:p>", times=100)
got = bad("bomb.docx", bomb, 1,
          "bomb.docx: error R303: the file was refused before any converter saw it: unpacked its text has more than 64 MB\n"
          "  help: a report is never packed like this; ask where the file comes from\n", seconds=5)
checks.true("the bomb is one", len(bomb) < 110_000, f"({len(bomb)} bytes)")
checks.true("a bomb costs nothing", got.megabytes < 100, f"({got.megabytes:.0f} MB)")

# == names that say something else than the content ==
for name, content in (("docx-named.pdf", whole), ("docx-named.txt", whole), ("html-named.docx", b"<html><p>1. The Meeting was held online."),
                      ("pdf-named.docx", pdf(["1. The Meeting was held online."]))):
    folder = Folder(sys.argv[1])
    folder.write(name, content)
    got = folder.run("rapporteur", "outline", "--to", "tsv", name)
    checks.equal(f"{name}: status", got.status, 0)
    checks.true(f"{name}: its paragraph", b"paragraph\t1\t\tThe Meeting was held online." in got.out, got.out)

# == PDF ==
key = "k" * 32
lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -64 /O ({key}) /U ({key}) >> /ID [(0123456789abcdef)(0123456789abcdef)]"
bad("locked.pdf", pdf(["1. Secret words of a report."], lock), 1,
    "locked.pdf: error R402: the PDF is protected by a password\n"
    "  help: ask its owner for a free copy, or remove the protection: qpdf --decrypt --password=... IN.pdf OUT.pdf\n")
bad("scan.pdf", pdf(["", "", ""]), 7,
    "scan.pdf: error R401: the PDF has 3 pages but no text: it is a scan\n"
    "  help: recognise its text first: ocrmypdf 'scan.pdf' OUT.pdf (sudo apt-get install ocrmypdf)\n")
sound = pdf(["1. The Meeting was held online.", "2. It adopted its agenda."])
got = bad("xref.pdf", sound.replace(b"00000 n", b"00000 f"), 0,
          "xref.pdf: warning R405: the PDF is damaged and was repaired while reading: Internal Error: xref num 1 not found but needed, try to reconstruct\n"
          "  help: check that no page is missing\nxref.pdf: 2 paragraphs; 1 doubtful\n")
bad("nothing-left.pdf", sound[:60], 1,
    "nothing-left.pdf: error R403: the PDF is damaged beyond reading: Syntax Error: Couldn't find trailer dictionary\n"
    "  help: get a whole copy, or try to repair it: qpdf IN.pdf OUT.pdf\n")

# == old Word files ==
ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(600)
bad("old.doc", ole, 7,
    "old.doc: error R501: this is a Word file of before 2007, which cannot be read as it is\n"
    "  help: convert it: soffice --headless --convert-to docx 'old.doc' (install it: sudo apt-get install libreoffice-writer-nogui), "
    "or let it be done: --convert\n")
bad("old.doc", ole, 5,
    "old.doc: error E101: `no-such-soffice` is needed for this format and was not found\n"
    "  help: install it: sudo apt-get install libreoffice-writer-nogui\n", "--convert", "--soffice", "no-such-soffice")

# == nesting ==
deep = 100_000
bad("deep.json", '{"pandoc-api-version":[1,22],"meta":{},"blocks":' + '[{"t":"BlockQuote","c":' * deep + "[]" + "}]" * deep + "}", 1,
    "deep.json: error R204: the pandoc tree is nested deeper than 1000 levels\n"
    "  help: such nesting is no report; look at the document in the program that made it\n", "-f", "pandoc-json", seconds=5)
folder = Folder(sys.argv[1])
folder.write("deep.html", "<html>" + "<div>" * deep + "1. deep" + "</div>" * deep)
got = folder.run("rapporteur", "parse", "deep.html", "-o", "out.xml", "--converter-deadline", "5")
checks.true("deep.html: typed", got.status in (0, 1) and (got.status == 0 or got.err.startswith("deep.html: error ")), (got.status, got.err))
checks.equal("deep.html: left", (got.left_files, got.left_processes), (["out.xml"] if got.status == 0 else [], []))
checks.true("deep.html: memory", got.megabytes < most_megabytes, f"({got.megabytes:.0f} MB)")
checks.true("deep.html: time", got.seconds < 8, f"({got.seconds:.1f} s)")

# == trees ==
word = '{"t":"Str","c":"1."},{"t":"Space"},{"t":"Str","c":"Held."}'
bad("odd.json", '{"pandoc-api-version":[1,22],"meta":{},"blocks":[{"t":"Frame","c":[[' + word + "]]}]}", 0,
    "odd.json: warning R205: the pandoc tree has `Frame`, which is not known here; its words were kept as text\n"
    "  help: update rapporteur, or convert the document with a pandoc from 2.15 to 3.x\n"
    "odd.json: 1 paragraph; 1 doubtful\n", "-f", "pandoc-json")
bad("new.json", '{"pandoc-api-version":[1,24,0],"meta":{},"blocks":[]}', 1,
    "new.json: error R202: pandoc-api-version 1.24.0 is not supported; 1.22 and 1.23 are\n"
    "  help: use a pandoc from 2.15 to 3.x, whose trees carry 1.22 or 1.23\n", "-f", "pandoc-json")
bad("other.json", "[1, 2]", 1,
    "other.json: error R203: this is JSON, but no pandoc document: `pandoc-api-version` or `blocks` is missing\n"
    "  help: make it with `pandoc -t json FILE`\n", "-f", "pandoc-json")

# == the filter ==
tree = pandoc(report, "html", "json")
folder = Folder(sys.argv[1])
filter_program = folder.program.parent / "pandoc-rapporteur"
for name, given, code in (("half", tree[: len(tree) // 2], "R201"), ("nothing", b"", "R201"), ("wrong version", tree.replace(b"[1,22", b"[1,19"), "R202")):
    got = folder.run(filter_program, "html", stdin=given)
    checks.equal(f"filter, {name}: status and output", (got.status, got.out), (1, b""))
    checks.true(f"filter, {name}: message", f"error {code}: " in got.err, got.err)

# == pandoc itself ==
bad("page.html", "<p>1. Held.", 5,
    "page.html: error E101: `pandoc` is needed for this format and was not found\n  help: install it: sudo apt-get install pandoc\n",
    PATH="/nonexistent")
got = bad("slow.html", large_html, 1,
          "slow.html: error E103: pandoc had not finished after 0.5 s and was stopped\n"
          "  help: raise the deadline, or look at the document in the program that made it\n", "--converter-deadline", "0.5")
checks.true("a deadline is kept", got.seconds < 5, f"({got.seconds:.1f} s)")
bad("large.html", large_html, 1,
    "large.html: error E104: pandoc ran out of the memory it may use\n"
    "  help: the document is too large, or made to be; split it, or convert it by hand\n", "--converter-memory", "128", seconds=60)
bad("killed.html", large_html, 1,
    f"killed.html: error E107: pandoc {os.popen('pandoc --version').readline().split()[1]} died of signal 9 (Killed)\n"
    "  help: run it again; if it dies again, convert the document by hand and report it to the makers\n",
    meanwhile=lambda process: os.kill(first_converting(process), signal.SIGKILL))

folder = Folder(sys.argv[1])
folder.write("large.html", large_html)
got = folder.run("rapporteur", "parse", "large.html", "-o", "out.xml",
                 meanwhile=lambda process: (first_converting(process), time.sleep(0.1), os.kill(process.pid, signal.SIGKILL)))
checks.equal("killed with its pandoc: left", (got.left_files, got.left_processes), ([], []))

# == among others ==
folder = Folder(sys.argv[1])
(folder.path / "in").mkdir()
good = {f"in/{name}": content for name, content in (("a.docx", whole), ("b.html", pandoc(report, "markdown", "html", "-s", "-M", "title=Report")), ("c.pdf", sound))}
for name, content in {**good, "in/bomb.docx": bomb, "in/cut.docx": whole[:900], "in/locked.pdf": pdf(["x"], lock), "in/scan.pdf": pdf([""]), "in/old.doc": ole}.items():
    folder.write(name, content)
got = folder.run("rapporteur", "batch", "in", "-o", "out", "-q", "--report", "run.json")
checks.equal("batch: status", got.status, 1)
checks.equal("batch: processes", got.left_processes, [])
written = [f for f in got.left_files if f.endswith(".xml")]
checks.equal("batch: what is good", written, [f"out/{name[3:]}.xml" for name in sorted(good)])
said = json.loads((folder.path / "run.json").read_text())
codes = sorted(one["code"] for row in said["rows"] if row["verdict"] == "failed" for one in row["reasons"])
checks.equal("batch: what is bad", codes, ["R302", "R303", "R401", "R402", "R501"])
checks.end()
