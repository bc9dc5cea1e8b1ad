#!/usr/bin/env python3
"""Runs batch, stream and diff for real, over reports that tools/bench/reports.py invents.

check_batch.py RAPPORTEUR [--files N] [--kills N] [CHECK ...]     (all checks where none is named)

By default on so few files that every change can afford it; before a release on the full number:
  check_batch.py build/rapporteur --files 5000 --kills 20 killed_and_resumed
  check_batch.py build/rapporteur --files 3000 poisoned workers_lost same_bytes_everywhere
"""
import argparse
import base64
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools/bench"))
import reports  # noqa: E402

PROGRAM = None
OPTIONS = None


def run(*arguments, status=0, env=None, **more):
    got = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, env={**os.environ, "LC_ALL": "C", **(env or {})}, **more)
    if status is not None and got.returncode != status:
        raise AssertionError(f"exit {got.returncode}, not {status}: {arguments}\n{got.stderr.decode(errors='replace')[-2000:]}")
    return got


def tree(folder):
    """Every file that a person sees, with its bytes."""
    folder = pathlib.Path(folder)
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and ".rapporteur" not in p.parts}


def same(a, b, what):
    if a != b:
        names = sorted(n for n in a.keys() | b.keys() if a.get(n) != b.get(n))
        raise AssertionError(f"{what}: {len(names)} files differ, first {names[:3]}")


def check_whole(files):
    for name, data in files.items():
        assert data.startswith(b"<?xml") and data.endswith(b"</report>\n"), f"partial file {name}"


def stream_contract(place):
    """One reply a request, in order, whatever a request holds."""
    text = reports.one(5)
    requests = [{"id": i, "name": f"{i}.md", "text": reports.one(i)} for i in range(40)]
    requests[3] = {"id": "ключ \U0001f600", "text": text}
    requests[7] = {"id": {"a": [1, 2]}, "base64": base64.b64encode(text.encode()).decode(), "format": "markdown"}
    lines = [json.dumps(r).encode() for r in requests]
    lines[10] = b"no json at all"
    lines[11] = b'{"id":11,"text":"a","base64":"YQ=="}'
    lines[12] = b'{"id":12}'
    lines[13] = b'{"id":13,"base64":"$$$$"}'
    lines[14] = b'{"id":14,"text":"1. A.","format":"no such format"}'
    lines[15] = b'{"id":15,"text":"1. A.","grammar":"no-such-grammar"}'
    lines[16] = b'\xff\xfe{"id":16}'
    lines[17] = b'{"id":17,"text":5}'
    lines[18] = b'[1,2]'
    lines[19] = b'{"id":19,"text":"1. A.","forms":["outline-tsv"]}'
    for jobs in (1, 3):
        got = run("stream", "-j", jobs, input=b"\n".join(lines) + b"\n" + b'{"id":"half","text":"1. ')
        assert all(b < 128 for b in got.stdout), "a reply is not ASCII"
        replies = [json.loads(line) for line in got.stdout.splitlines()]
        assert len(replies) == 41, len(replies)
        for i in range(40):
            expected = None if i in (10, 16, 18) else requests[i]["id"]
            assert replies[i]["id"] == expected, (i, replies[i]["id"])
            good = not 10 <= i <= 18
            assert (replies[i]["outcome"] == "valid") == good, replies[i]
            assert good or replies[i]["diagnostics"][0]["severity"] == "error"
        assert replies[40]["outcome"] == "failed" and "ended within" in replies[40]["diagnostics"][0]["message"]
        assert replies[19]["forms"]["outline-tsv"].startswith("paragraph\t1"), replies[19]
        assert str(place) not in got.stdout.decode()
        if jobs == 1:
            before = got.stdout
    assert before == got.stdout, "-j changes replies"
    assert run("stream", input=b"").stdout == b""
    bad = run("stream", "-g", "no-such-grammar", input=b'{"id":1,"text":"1. A."}\n', status=4)
    assert bad.stdout == b"" and b"G110" in bad.stderr, bad


def stream_deadline(place):
    """A document that takes too long is a reply; those behind it are parsed."""
    large = reports.one(1, 300_000) * 150
    lines = [json.dumps({"id": i, "text": t}) for i, t in enumerate(["1. One.", large, "1. Two.", "1. Three."])]
    got = run("stream", "--deadline", "0.3", input="\n".join(lines).encode() + b"\n")
    replies = [json.loads(line) for line in got.stdout.splitlines()]
    assert [r["outcome"] for r in replies] == ["valid", "failed", "valid", "valid"], [r["outcome"] for r in replies]
    assert replies[1]["diagnostics"][0]["code"] == "B102", replies[1]


def stream_replies_at_once(place):
    """A reply comes as soon as it can: a program may wait for it before it asks again."""
    child = subprocess.Popen([PROGRAM, "stream"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for i in range(5):
        child.stdin.write(json.dumps({"id": i, "text": "1. One."}).encode() + b"\n")
        child.stdin.flush()
        assert json.loads(child.stdout.readline())["id"] == i
    child.stdin.close()
    assert child.wait() == 0


def turkish(place):
    """An environment in which the C library really speaks Turkish (lower case of I is a dotless i)."""
    subprocess.run(["localedef", "-i", "tr_TR", "-f", "UTF-8", place / "tr_TR.UTF-8"], check=True)
    speaks = {"LC_ALL": "tr_TR.UTF-8", "LOCPATH": str(place)}
    got = subprocess.run(["locale", "-k", "LC_TIME"], env={**os.environ, **speaks}, capture_output=True, text=True)
    assert "Ocak" in got.stdout, got.stdout + got.stderr
    return speaks


def same_bytes_everywhere(place):
    """Jobs, locale, order and folder change nothing."""
    reports.folder(place / "in", OPTIONS.files)
    run("batch", place / "in", "-o", place / "one", "-j", 1, "-q")
    run("batch", place / "in", "-o", place / "eight", "-j", 8, "-q", env={**turkish(place), "TZ": "Asia/Tokyo"})
    names = [str(p.relative_to(place / "in")) for p in (place / "in").rglob("*") if p.is_file()]
    random.Random(3).shuffle(names)
    run("batch", "--files-from", "-", "-0", "-o", place / "list", "-j", 2, "-q", input="\0".join(names).encode(), cwd=place / "in")
    one = tree(place / "one")
    assert len(one) == OPTIONS.files
    check_whole(one)
    same(one, tree(place / "eight"), "-j 8, Turkish locale")
    same(one, tree(place / "list"), "shuffled list")
    first = sorted(names)[0]
    run("parse", place / "in" / first, "-o", place / "single.xml", "-q")
    assert (place / "single.xml").read_bytes() == one[first + ".xml"], "batch and parse differ"


def killed_and_resumed(place):
    """kill -9 at any moment: no partial file, and going on gives the undisturbed tree."""
    reports.folder(place / "in", OPTIONS.files, seed=2)
    began = time.monotonic()
    run("batch", place / "in", "-o", place / "calm", "-q", "-j", 2)
    whole, calm = time.monotonic() - began, tree(place / "calm")
    rng, kills = random.Random(4), 0
    for _ in range(6 * OPTIONS.kills):
        if kills == OPTIONS.kills:
            break
        left = 1 - len(tree(place / "storm")) / len(calm) if (place / "storm").exists() else 1
        child = subprocess.Popen([PROGRAM, "batch", place / "in", "-o", place / "storm", "-q", "-j", "2"])
        time.sleep(rng.random() * whole * max(left, .1))
        child.send_signal(signal.SIGKILL)
        killed = child.wait() == -signal.SIGKILL
        kills += killed
        seen = tree(place / "storm") if (place / "storm").exists() else {}
        same({name: calm.get(name) for name in seen}, seen, "while it was being killed")
        if not killed:  # it had ended before: begin afresh
            shutil.rmtree(place / "storm", ignore_errors=True)
    assert kills == OPTIONS.kills, f"only {kills} runs were still alive when they were to be killed"
    run("batch", place / "in", "-o", place / "storm", "-q", "-j", 2)
    same(calm, tree(place / "storm"), "after kills")
    assert not list((place / "storm/.rapporteur/tmp").iterdir()), "temporary files are left"


def children_of(process):
    return [int(pid) for pid in pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def workers_lost(place):
    """A parser that dies and one that hangs cost one document each, typed; --retry-failed makes them good."""
    reports.folder(place / "in", OPTIONS.files, seed=8)
    run("batch", place / "in", "-o", place / "calm", "-q", "-j", 2)
    child = subprocess.Popen([PROGRAM, "batch", place / "in", "-o", place / "out", "-q", "-j", "2", "--deadline", "4", "--report", place / "run.json"])
    for sign in (signal.SIGKILL, signal.SIGSTOP):
        while not (workers := children_of(child)):
            assert child.poll() is None, "it ended before a worker could be hurt"
            time.sleep(.001)
        os.kill(workers[0], sign)
        while workers[0] in children_of(child) and sign == signal.SIGKILL:
            time.sleep(.001)
    assert child.wait() == 1, child.returncode
    rows = json.loads((place / "run.json").read_text())["rows"]
    failed = sorted(row["reasons"][0]["code"] for row in rows if row["verdict"] == "failed")
    assert failed == ["B101", "B102"] and len(rows) == OPTIONS.files, failed
    out, calm = tree(place / "out"), tree(place / "calm")
    assert len(out) == OPTIONS.files - 2
    same({name: calm[name] for name in out}, out, "beside lost workers")
    run("batch", place / "in", "-o", place / "out", "-q", "--retry-failed")
    same(calm, tree(place / "out"), "after --retry-failed")


def poisoned(place):
    """Bad files are typed, and all others are as they would be without them."""
    bad = set(reports.folder(place / "in", OPTIONS.files, seed=3, poison=5 if OPTIONS.files >= 1000 else 20))
    must_fail = ("noise.txt", "zeros.md", "cut.pdf", "cut.docx")
    assert {name.rsplit("-", 1)[1] for name in bad} >= set(must_fail), "more files are needed to have every poison"
    run("batch", place / "in", "-o", place / "out", "-j", 2, "-q", "--report", place / "run.json", "--report", place / "run.csv",
        "--report", place / "run.html", status=None)
    rows = {row["name"]: row for row in json.loads((place / "run.json").read_text())["rows"]}
    assert len(rows) == OPTIONS.files
    for name, row in rows.items():
        if name not in bad:
            assert row["verdict"] in ("ok", "review"), row
        elif row["verdict"] == "failed":
            assert re.fullmatch(r"[A-Z]\d{3}", row["reasons"][0]["code"]), row
        else:
            assert row["verdict"] == "review" and row["reasons"] and not name.endswith(must_fail), row
    shutil.copytree(place / "in", place / "good")
    for name in bad:
        (place / "good" / name).unlink()
    run("batch", place / "good", "-o", place / "good-out", "-q")
    good = tree(place / "good-out")
    same(good, {n: d for n, d in tree(place / "out").items() if n in good}, "beside poison")
    assert (place / "run.csv").read_bytes().count(b"\r\n") == OPTIONS.files + 1


def resumed_exactly(place):
    """Only what changed is done again; failures on request."""
    source = place / "in"
    reports.folder(source, 30, seed=5)
    (source / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    run("batch", source, "-o", place / "out", "-q", status=1)
    said = run("batch", source, "-o", place / "out", status=1).stderr.decode()
    assert "31 of them done before" in said, said
    changed = next(p for p in source.rglob("*.md"))
    changed.write_text(changed.read_text() + "\n999. The Meeting rose.\n")
    gone = next(p for p in (place / "out").rglob("*.txt.xml"))
    gone.unlink()
    plan = run("batch", source, "-o", place / "out", "--dry-run").stdout.decode()
    assert plan.count("changed\t") == 2 and plan.count("done\t") == 28 and plan.count("failed\t") == 1, plan
    said = run("batch", source, "-o", place / "out", status=1).stderr.decode()
    assert "29 of them done before" in said and gone.exists(), said
    said = run("batch", source, "-o", place / "out", "--retry-failed", status=1).stderr.decode()
    assert "30 of them done before" in said, said
    said = run("batch", source, "-o", place / "out", "--no-resume", status=1).stderr.decode()
    assert "done before" not in said, said
    other = place / "another-build"  # the same version, but another build: what it makes may differ
    build = bytes.fromhex(re.search(rb"build +(\w+)", run("--version").stdout)[1].decode())
    other.write_bytes(pathlib.Path(PROGRAM).read_bytes().replace(build, bytes(20)))
    other.chmod(0o755)
    said = subprocess.run([other, "batch", source, "-o", place / "out"], capture_output=True, text=True)
    assert said.returncode == 1 and "documents: " in said.stderr and "done before" not in said.stderr, said
    changed.write_bytes(b"\x00" * 100)  # now it fails: its old output would be a lie
    run("batch", source, "-o", place / "out", "-q", status=1)
    assert not (place / "out" / (str(changed.relative_to(source)) + ".xml")).exists()


def resumed_after_a_grammar(place):
    """An edit of a grammar, or of one that it includes, does all of its documents again; diff says what it changed."""
    source, grammars = place / "in", place / "grammars"
    shutil.copytree(ROOT / "grammars/common", grammars / "common")
    source.mkdir()
    for i in range(6):
        (source / f"{i}.md").write_text(f"REPORT OF MEETING {i}\n\nAGENDA ITEM 1: OPENING\n\n1. The Meeting was opened.\n\nAGENDA ITEM 2: CLOSE\n\n2. The Meeting rose.\n")
    arguments = ["batch", source, "-o", place / "old", "--grammar-path", grammars]
    run(*arguments)
    assert "6 of them done before" in run(*arguments).stderr.decode()
    words = grammars / "common/words.toml"
    words.write_text(words.read_text() + "\n# nothing but a remark\n")
    assert "done before" not in run(*arguments).stderr.decode()
    assert "done before" not in run(*arguments, "-g", "common.numbered-report").stderr.decode()
    report = grammars / "common/numbered-report.toml"
    text = report.read_text()
    begin = text.index('name   = "agenda-item"')
    end = text.index("[[", begin)
    report.write_text(text[:text.rindex("[[", 0, begin)] + text[end:])
    arguments[3] = place / "new"
    run(*arguments, status=None)
    said = run("diff", place / "old", place / "new").stdout.decode()
    for i in range(6):
        assert f"{i}.md.xml: section " in said, said
        assert not re.search(rf"{i}\.md\.xml: paragraph (lost|added|renumbered)", said), said
    summary = run("diff", "--summary", place / "old", place / "new")
    assert summary.stdout == b"" and summary.stderr.startswith(b"6 of 6 documents changed; "), summary
    assert run("diff", place / "old", place / "old").stderr == b"0 of 6 documents changed\n"


def full_disk(place):
    """No room: exit 6, nothing half-written, and the same command goes on when there is room."""
    reports.folder(place / "in", 60, seed=12)
    run("batch", place / "in", "-o", place / "calm", "-q")
    (place / "small").mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", place / "small"], capture_output=True)
    if made.returncode != 0:
        print("full_disk: not held to it: no file system can be mounted here")
        return
    try:
        got = run("batch", place / "in", "-o", place / "small/out", "-q", "-j", 2, status=6)
        assert b"B60" in got.stderr and b"No space left" in got.stderr or b"would not take it" in got.stderr, got.stderr
        calm, there = tree(place / "calm"), tree(place / "small/out")
        same({name: calm.get(name) for name in there}, there, "on a full disk")
        subprocess.run(["mount", "-o", "remount,size=60m", place / "small"], check=True)
        run("batch", place / "in", "-o", place / "small/out", "-q", "-j", 2)
        same(calm, tree(place / "small/out"), "after room was made")
    finally:
        subprocess.run(["umount", place / "small"], check=True)
    got = run("batch", place / "in", "-o", place / "calm", "-q", "--report", "/proc/no/run.csv", status=6)
    assert b"B604" in got.stderr, got.stderr
    with open("/dev/full", "w") as full:
        child = subprocess.run([PROGRAM, "stream"], input=b'{"text":"1. A."}\n', stdout=full, stderr=subprocess.PIPE)
    assert child.returncode == 6 and b"B002" in child.stderr, child


def safe_paths(place):
    """Names of any kind; nothing outside of OUT, nothing of somebody else's."""
    source, text = place / "in", reports.one(9)
    for name in ["a.md", "a.txt", "new\nline.md", "Zürich ж.md", "=cmd.md", "<script>alert(1)</script>.md", "sub/a.md", "\x1b[31mred.md"]:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    with open(os.fsencode(source) + b"/no-utf8-\xff.md", "w", encoding="utf-8") as file:
        file.write(text)
    (source / "loop").symlink_to(source)
    (source / "linked.md").symlink_to(source / "a.md")
    os.mkfifo(source / "pipe.md")
    out = place / "out"
    (place / "elsewhere").mkdir()
    out.mkdir()
    (out / "sub").symlink_to(place / "elsewhere")
    (out / "a.txt.xml").write_text("precious")
    got = run("batch", source, "-o", out, "--report", place / "r.html", "--report", place / "r.csv", "--report", place / "r.json", status=1)
    rows = {row["name"]: row for row in json.loads((place / "r.json").read_text())["rows"]}
    assert len(rows) == 10, sorted(rows)
    assert rows["sub/a.md"]["reasons"][0]["code"] == "B205" and rows["a.txt"]["reasons"][0]["code"] == "B204", rows
    assert not list((place / "elsewhere").iterdir()) and (out / "a.txt.xml").read_text() == "precious"
    assert (out / "new\nline.md.xml").exists() and (out / "Zürich ж.md.xml").exists()
    page, table = (place / "r.html").read_text(), (place / "r.csv").read_text()
    assert "<script>alert" not in page and "\x1b" not in page + table and "\n\"=" not in table and "'=cmd" in table
    assert b"\x1b" not in got.stderr
    (place / "up").mkdir()
    run("batch", "../in/a.md", "/" + str(source / "a.md"), "-o", place / "out2", "-q", cwd=place / "up")
    assert sorted(tree(place / "out2")) == sorted(["in/a.md.xml", str(source / "a.md").lstrip("/") + ".xml"]), sorted(tree(place / "out2"))
    got = run("batch", source / "a.md", source / "../in/a.md", "a.md", "-o", place / "out3", "-q", cwd=source)
    run("batch", place, "-o", place / "inner", "--dry-run", "-q")
    assert not (place / "inner").exists(), "a dry run has written"


def outputs_that_clash(place):
    """A file whose output stands where another's folder should be: the same one fails, however many are at work."""
    for name in ["a.md", "a.md.xml/b.md", "c/d.txt", "c/d.txt.xml/e.txt.xml/f.md", "g.xml/h.md"]:
        (place / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "in" / name).write_text(reports.one(len(name)))
    for jobs in (1, 2, 8):
        run("batch", place / "in", "-o", place / f"out{jobs}", "-q", "-j", jobs, "--report", place / "run.json", status=1)
        rows = json.loads((place / "run.json").read_text())["rows"]
        failed = {row["name"]: row["reasons"][0]["code"] for row in rows if row["verdict"] == "failed"}
        assert failed == {"a.md.xml/b.md": "B203", "c/d.txt.xml/e.txt.xml/f.md": "B203"}, failed
        assert sorted(tree(place / f"out{jobs}")) == ["a.md.xml", "c/d.txt.xml", "g.xml/h.md.xml"]


def progress_told(place):
    """How far it is, at least every second or so; the rate is that of now, not of what was done before."""
    reports.folder(place / "in", OPTIONS.files, seed=13)
    for size in (3_000_000, 24_000_000, 72_000_000):  # the last ones take long, however fast the machine is
        for i in range(3):
            (place / f"in/z{i}.md").write_text(reports.one(i, size))
        began = time.monotonic()
        got = run("batch", place / "in", "-o", place / "out", "--progress", "json", "--force")
        seconds = time.monotonic() - began
        lines = [json.loads(line) for line in got.stderr.splitlines() if line.startswith(b"{")]
        if seconds > 2:
            break
    total = OPTIONS.files + 3
    assert lines[-1] == {**lines[-1], "done": total, "total": total, "seconds_left": 0} and lines[-1]["ok"] + lines[-1]["review"] == total
    done = [line["done"] for line in lines]
    assert done == sorted(done) and (len(lines) >= 2) and all(line["rate"] >= 0 and line["seconds_left"] >= 0 for line in lines), lines
    words = run("batch", place / "in", "-o", place / "out", "--progress", "always").stderr.decode()
    assert re.search(rf"(?m)^{total} of {total} documents, \d+/s, 0 s left; \d+ for review, 0 invalid, 0 failed$", words), words
    assert b"/s" not in run("batch", place / "in", "-o", place / "out").stderr  # no terminal: nothing


def reports_of_runs(place):
    """Groups, totals, sample; the page needs nothing but itself."""
    source = place / "in"
    reports.folder(source, 12, seed=6)
    text = (next(source.rglob("*.md"))).read_text()
    for i in range(3):
        (source / f"copy{i}.md").write_text(text)
    run("batch", source, "-o", place / "out", "-q", "--report", place / "out/run.html", "--report", place / "run.json")
    data = json.loads((place / "run.json").read_text())
    assert data["documents"] == 15 and data["duplicates"] and len(data["duplicates"][0]["names"]) == 4, data["duplicates"]
    page = (place / "out/run.html").read_text()
    links = re.findall(r'<td><a href="([^"]+)"', page)
    import urllib.parse
    assert len(links) == 15 and all((place / "out" / urllib.parse.unquote(link)).exists() for link in links), links[:3]
    assert "://" not in page and str(place) not in page and page.count("<tr>") == 16
    sample = run("batch", source, "-o", place / "some", "--sample", 5, "-n").stdout
    assert sample.count(b"\n") == 5 and sample == run("batch", source, "-o", place / "some", "--sample", 5, "-n").stdout


def interrupted(place):
    """Ctrl-C: what is at hand is finished, the same command goes on."""
    reports.folder(place / "in", OPTIONS.files, seed=7)
    large = place / "in/zz.md"
    large.write_text(reports.one(3, 3_000_000))
    child = subprocess.Popen([PROGRAM, "batch", place / "in", "-o", place / "out", "--progress", "json"], stderr=subprocess.PIPE, start_new_session=True)
    while not (place / "out/.rapporteur/journal.db").exists():
        time.sleep(.005)
    os.killpg(child.pid, signal.SIGINT)
    said = child.stderr.read().decode()
    assert child.wait() in (130, 0), child.returncode
    if child.returncode == 130:
        assert "the same command goes on" in said, said
    check_whole(tree(place / "out"))
    run("batch", place / "in", "-o", place / "out", "-q")
    assert len(tree(place / "out")) == OPTIONS.files + 1


def exit_codes(place):
    (place / "in").mkdir()
    (place / "in/a.md").write_text("1. One.\n")
    run("batch", status=2)
    run("batch", place / "in", status=2)
    said = run("batch", place / "nothing-here", "-o", place / "out", "-q", status=2).stderr.decode()
    assert said.startswith(f"{place}/nothing-here: error U108: there is no such file or folder\n") and not (place / "out").exists(), said
    (place / "list").write_text(f"{place}/in/a.md\n{place}/nothing-here\n")
    said = run("batch", "--files-from", place / "list", "-o", place / "list-out", status=1).stderr.decode()
    assert "1 document: B202 cannot be read: No such file or directory (" in said, said
    run("batch", place / "in", "-o", place / "out", "--sample", "0", status=2)
    run("batch", place / "in", "-o", place / "out", "--grammar-path", place / "nothing-here", status=4)
    shutil.copy(place / "in/a.md", place / "-a.md")
    run("batch", "-o", place / "dash", "-q", "--", "-a.md", cwd=place)
    assert (place / "dash/-a.md.xml").exists()
    run("batch", place / "in", "-o", place / "out", "-g", "no-such-grammar", status=4)
    run("batch", place / "in", "-o", place / "in/a.md/out", status=6)
    run("batch", place / "in", "-o", place / "out", "-j", "-1", status=2)
    run("batch", place / "in", "-o", place / "out", "--deadline", "soon", status=2)


def nothing_good_lost(place):
    """XML of the bytes that are there outlives what goes wrong for once; a grammar with a fault ends the run before it begins."""
    source, out = place / "in", place / "out"
    reports.folder(source, 4, seed=11)
    grammars = place / "grammars"
    shutil.copytree(ROOT / "grammars", grammars)
    run("batch", source, "-o", out, "-q", "--grammar-path", grammars)
    before = tree(out)
    file = grammars / "common/numbered-report.toml"
    good = file.read_text()
    file.write_text(good + "garbage [\n")
    said = run("batch", source, "-o", out, "--grammar-path", grammars, status=4).stderr.decode()
    assert said.startswith(f"{file}:{good.count(chr(10)) + 1}:") and said.count("error") == 1, said
    run("parse", next(source.rglob("*.md")), "--grammar-path", grammars, "-o", place / "one.xml", status=4)
    file.write_text(good)
    run("batch", source, "-o", out, "-q", "--no-resume", "--deadline", "0.0001", "--grammar-path", grammars, status=1)
    same(before, tree(out), "after a deadline that was too short")
    one = next(source.rglob("*.md"))
    kept, text = out / (str(one.relative_to(source)) + ".xml"), one.read_bytes()
    one.unlink()
    one.symlink_to("nowhere")
    said = run("batch", source, "-o", out, "--grammar-path", grammars, status=1).stderr.decode()
    assert "B202" in said and kept.exists(), said
    one.unlink()
    one.write_bytes(text)
    run("batch", source, "-o", out, "-q", "--grammar-path", grammars)
    same(before, tree(out), "once all can be read again")


def own_files_left_alone(place):
    """What batch has written is no input, and a report takes the place of none but a report."""
    source = place / "in"
    reports.folder(source, 3, seed=12)
    said = run("batch", source, "-o", source, "-q", status=2).stderr.decode()
    assert "is the folder of the documents and the one to write into" in said, said
    for _ in range(2):
        said = run("batch", source, "-o", source / "xml", "--report", source / "run.html").stderr.decode()
        assert said.startswith("3 documents: "), said
    said = run("batch", source, "-o", place / "out").stderr.decode()
    assert said.startswith("4 documents: "), said  # the page is one, for another run; the XML is none
    (place / "mine.csv").write_text("precious")
    run("batch", source, "-o", place / "out", "--report", place / "mine.csv", status=6)
    assert (place / "mine.csv").read_text() == "precious"
    link = source / "again.md"
    link.symlink_to(next(source.rglob("*.md")))
    locked = place / "names"
    locked.write_text(f"{next(source.rglob('*.md'))}\n{source}/./{next(source.rglob('*.md')).relative_to(source)}\n")
    said = run("batch", "--files-from", locked, "-o", place / "twice").stderr.decode()
    assert said.startswith("1 document: "), said


def stopped_at_once(place):
    """Ctrl-C waits for the documents at hand, not for those that were sent ahead."""
    slow = place / "pdftotext"
    slow.write_text("#!/bin/sh\nsleep 1\nexec /usr/bin/pdftotext \"$@\"\n")
    slow.chmod(0o755)
    for i in range(12):
        (place / "in").mkdir(exist_ok=True)
        (place / f"in/{i:02}.pdf").write_bytes(b"%PDF-1.4 nothing")
    child = subprocess.Popen([PROGRAM, "batch", place / "in", "-o", place / "out", "--pdftotext", slow], stderr=subprocess.PIPE, start_new_session=True)
    time.sleep(1.5)
    began = time.monotonic()
    child.send_signal(signal.SIGTERM)
    said = child.stderr.read().decode()
    assert child.wait() == 143 and time.monotonic() - began < 5, (child.returncode, time.monotonic() - began)
    assert "stopping: the documents at hand are finished" in said and "to go; the same command goes on from here" in said, said


def structure_compared(place):
    """What changed, and nothing else."""
    source = place / "in"
    source.mkdir()
    text = "REPORT\n\nAGENDA ITEM 1: OPENING\n\n1. The Meeting was opened by the Chair of the Board.\n\n2. The agenda was adopted (Annex I).\n\n3. The Meeting rose.\n"
    (source / "a.md").write_text(text)
    (source / "b.md").write_text(text)
    run("batch", source, "-o", place / "old", "-q")
    (source / "a.md").write_text(text.replace("2. The agenda was adopted (Annex I).\n\n", ""))
    (source / "c.md").write_text(text)
    run("batch", source, "-o", place / "new", "-q")
    assert run("diff", place / "old", place / "old").stdout == b""
    said = run("diff", place / "old", place / "new").stdout.decode()
    assert "a.md.xml: paragraph lost: 2 " in said and "a.md.xml: reference lost: annex I" in said, said
    assert "c.md.xml: document added" in said and "b.md.xml" not in said, said
    lines = [json.loads(line) for line in run("diff", "--json", place / "old", place / "new").stdout.splitlines()]
    assert {"document": "c.md.xml", "kind": "document", "change": "added", "before": "", "after": ""} in lines, lines
    later = re.sub(r"(?m)^\d", lambda n: str(int(n[0]) + 1), text).replace("2. The", "1. The host welcomed the Board.\n\n2. The", 1)
    (source / "b.md").write_text(later)
    run("batch", source, "-o", place / "third", "-q")
    said = run("diff", place / "old/b.md.xml", place / "third/b.md.xml").stdout.decode()
    assert "paragraph renumbered: 3 \"The Meeting rose.\" -> 4 \"The Meeting rose.\"" in said, said
    (source / "b.md").write_text(text.replace("ITEM 1", "ITEM 4"))
    run("batch", source, "-o", place / "fourth", "-q")
    said = run("diff", place / "old/b.md.xml", place / "fourth/b.md.xml").stdout.decode()
    assert "b.md.xml: 3 paragraphs moved: 1 \"The Meeting was opened by the Chair of the Board.\" to 3 \"The Meeting rose.\": /agenda item 1 -> /agenda item 4\n" in said, said
    (place / "more").mkdir()
    (place / "more/c.md").write_text("# HARBOUR BOARD\n\n1. The Meeting was held online.\n\n   It had a second part about ships.\n\n2. It rose.\n")
    run("batch", place / "more", "-o", place / "c1", "-q")
    (place / "more/c.md").write_text("# HARBOUR BOARD\n\n1. The Meeting was held online.\n\n   It had a second part about boats.\n\n2. It rose.\n")
    run("batch", place / "more", "-o", place / "c2", "-q")
    told = run("diff", place / "c1", place / "c2").stdout.decode()
    assert told == 'c.md.xml: paragraph changed: 1 "...a second part about ships." -> 1 "...a second part about boats."\n', told
    assert run("diff", place / "c1", place / "nowhere", status=2).stderr.decode().startswith(f"{place}/nowhere: error U108: ")
    assert "section renumbered: agenda item 1 \"OPENING\" -> agenda item 4 \"OPENING\"" in said and "reference" not in said, said


CHECKS = {f.__name__: f for f in [stream_contract, stream_deadline, stream_replies_at_once, same_bytes_everywhere, killed_and_resumed, workers_lost, poisoned,
                                  resumed_exactly, resumed_after_a_grammar, full_disk, safe_paths, outputs_that_clash, progress_told, reports_of_runs, interrupted, nothing_good_lost,
                                  own_files_left_alone, stopped_at_once, exit_codes, structure_compared]}


def main():
    global PROGRAM, OPTIONS
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("checks", nargs="*")
    OPTIONS = parser.parse_intermixed_args()
    PROGRAM = os.path.abspath(OPTIONS.program)
    for name in OPTIONS.checks or CHECKS:
        with tempfile.TemporaryDirectory() as place:
            CHECKS[name](pathlib.Path(place))
        print(f"{name}: held")


if __name__ == "__main__":
    main()
