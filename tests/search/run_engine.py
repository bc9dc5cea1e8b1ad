#!/usr/bin/env python3
"""Feeds a real search engine with the corpus and asks it five questions.

run_engine.py PROGRAM ENGINE    ENGINE: sqlite postgresql xapian basex sphinx solr opensearch

Every engine is started here, on the loopback address where it listens at all, with its files in a temporary folder, and
ended here. It is asked the questions of questions.toml; fed again, when nothing may be doubled; told that a report is
gone, when nothing of it may be found. Exit: 0 good, 1 not, 77 (skipped) where the engine is not installed:
`tools/install-deps --engines`.
"""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import tomllib

import java_engines
from workplace import MAPPINGS, ROOT, free_port, need, run

GONE = "union-fluviale-compte-rendu"


class Archive:
    """XML of the corpus, and of ../shared/seed where that is, in a folder; and what its records are called."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder / "xml"
        self.folder.mkdir()
        (folder / "in").mkdir()
        for source in sorted(ROOT.glob("corpus/*/input.*")) + sorted(ROOT.glob("../shared/seed/*.md")):
            named = folder / "in" / ((source.parent.name if source.stem == "input" else source.stem) + source.suffix)
            shutil.copyfile(source, named)
            done = subprocess.run([program, "parse", "-q", named, "-o", self.folder / (named.stem + ".xml")], capture_output=True)
            if done.returncode not in (0, 1):
                print(f"{named.name}: not parsed, left out")
        self.names, self.documents = {}, {}
        for record in map(json.loads, self.export("records").splitlines()):
            stem = pathlib.Path(record["source"]).stem
            self.names[record["id"]] = f"{stem} {record['number']}" if record["kind"] == "paragraph" else record["id"]
            self.documents[record["document"]] = stem
        self.names.update(self.documents)

    def files(self):
        return sorted(self.folder.glob("*.xml"))

    def export(self, form, *more):
        return run(self.program, "export", form, *self.files(), *more)


class Sqlite:
    def __init__(self, archive, folder):
        self.archive, self.index = archive, folder / "archive.db"

    def feed(self):
        run(self.archive.program, "index", "-q", self.archive.folder, "-o", self.index)

    def forget(self, before):
        self.feed()

    def count(self):
        import sqlite3
        with sqlite3.connect(self.index) as database:
            return database.execute("SELECT count(*) FROM words").fetchone()[0]

    def ask(self, q):
        words = {"word": q.get("word"), "phrase": f'"{q.get("phrase")}"', "title": f'"{q.get("title")}"'}
        text = next((words[k] for k in words if k in q), None)
        options = ["--state", q["state"], "--year", q["year"]] if "state" in q else ["--symbol", q["symbol"]] if "symbol" in q else [text]
        found = json.loads(run(self.archive.program, "search", self.index, "--json", *options))
        return [h["id"] for h in found["hits"] if "title" not in q or h["kind"] == "paragraph"]


class Postgresql:
    def __init__(self, archive, folder):
        self.archive, self.folder = archive, folder
        places = sorted(map(str, pathlib.Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
        self.ctl, initdb, self.psql = need("pg_ctl", *places), need("initdb", *places), need("psql", *places)
        self.user = [] if os.getuid() else ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self.data, self.port = folder / "data", free_port()
        if not os.getuid():
            os.chmod(folder, 0o755)
            self.data.mkdir()
            shutil.chown(self.data, "postgres", "postgres")
        run(*self.user, initdb, "-D", self.data, "-U", "archive", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", cwd="/")
        run(*self.user, self.ctl, "-w", "-D", self.data, "-l", self.data / "log", "-o",
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off", "start", cwd="/")
        self.sql((MAPPINGS / "postgresql.sql").read_text())

    def sql(self, text):
        return run(self.psql, "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", self.port, "-U", "archive", "-d", "postgres", text=text)

    def feed(self):
        self.sql(self.archive.export("postgresql"))

    def forget(self, before):
        self.sql(self.archive.export("postgresql", "--since", before))

    def count(self):
        return int(self.sql("SELECT count(*) FROM report_record"))

    def ask(self, q):
        if "state" in q:
            where = f"states ? '{q['state']}' AND year = {q['year']}"
            return self.sql(f"SELECT DISTINCT document FROM report_record WHERE {where}").split("\n")[:-1]
        where = {"word": "words @@ plainto_tsquery('report', '{}')", "phrase": "words @@ phraseto_tsquery('report', '{}')",
                 "title": "kind = 'paragraph' AND words @@ phraseto_tsquery('report', '{}')", "symbol": "kind = 'document' AND symbol = '{}'"}
        kind = next(k for k in where if k in q)
        return self.sql(f"SELECT id FROM report_record WHERE {where[kind].format(q[kind])}").split("\n")[:-1]

    def stop(self):
        subprocess.run([*self.user, self.ctl, "-D", str(self.data), "-m", "immediate", "stop"], capture_output=True, cwd="/")


class Xapian:
    def __init__(self, archive, folder):
        self.archive, self.folder, self.db = archive, folder, folder / "db"
        self.scriptindex = need("scriptindex")
        self.quest = need("quest")

    def index(self, text):
        (self.folder / "records.dump").write_text(text)
        run(self.scriptindex, self.db, MAPPINGS / "xapian.script", self.folder / "records.dump")

    def feed(self):
        self.index(self.archive.export("xapian"))

    def forget(self, before):
        self.index(self.archive.export("xapian", "--since", before))

    def count(self):
        text = run(need("xapian-delve"), self.db)
        return int(next(line for line in text.splitlines() if "number of documents" in line).split()[-1])

    def ask(self, q):
        options = ["--stemmer=none", "--msize=100"]
        if "state" in q:
            query = [*options, "-bstate:XC", "-byear:XY", f"state:{q['state'].lower()} AND year:{q['year']}"]
        elif "symbol" in q:
            query = [*options, "-bsymbol:XS", f'symbol:"{q["symbol"]}"']
        elif "word" in q:
            query = [*options, q["word"]]
        else:
            query = [*options, "-bkind:XK", f'"{q.get("phrase") or q["title"]}"' + (" kind:paragraph" if "title" in q else "")]
        text = run(self.quest, "-d", self.db, *query)
        field = "document=" if "state" in q else "id="
        return [line.removeprefix(field) for line in text.splitlines() if line.startswith(field)]


class Sphinx:
    def __init__(self, archive, folder):
        self.archive, self.folder, self.port = archive, folder, free_port()
        self.indexer, self.searchd, self.mysql = need("indexer"), need("searchd"), need("mariadb")
        self.config = folder / "sphinx.conf"
        self.config.write_text((MAPPINGS / "sphinx.conf").read_text().replace("ROOT", str(folder)).replace("PORT", str(self.port)))
        self.daemon = None

    def feed(self):
        self.stop()
        (self.folder / "records.xml").write_text(self.archive.export("sphinx"))
        run(self.indexer, "--config", self.config, "--quiet", "reports")
        self.daemon = subprocess.Popen([self.searchd, "--config", str(self.config), "--nodetach"], stdout=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        sys.exit("searchd does not listen")

    def forget(self, before):
        self.feed()

    def sql(self, query):
        rows = run(self.mysql, "--no-defaults", "-h127.0.0.1", f"-P{self.port}", "-N", "-B", "-e", query)
        return [row.split("\t") for row in rows.splitlines()]

    def count(self):
        return int(self.sql("SELECT count(*) FROM reports")[0][0])

    def ask(self, q):
        if "state" in q:
            return sorted({row[0] for row in self.sql(f"SELECT document FROM reports WHERE MATCH('@states {q['state']}') AND year={q['year']} LIMIT 100")})
        match = {"word": "@text {}", "phrase": '@text "{}"', "title": '@agendaheading "{}"', "symbol": '@symbols "{}"'}
        kind = next(k for k in match if k in q)
        words = q[kind] if kind != "symbol" else "".join(c if c.isalnum() else " " for c in q[kind])
        rows = self.sql(f"SELECT id_printed, kind FROM reports WHERE MATCH('{match[kind].format(words)}') LIMIT 100")
        return [name for name, what in rows if kind != "title" or what == "paragraph"]

    def stop(self):
        if self.daemon:
            self.daemon.terminate()
            self.daemon.wait(20)
            self.daemon = None


class Basex:
    """The XML itself, in an XML database: there is no feed, and answers are told by file and number."""

    def __init__(self, archive, folder):
        self.archive, self.folder, self.basex = archive, folder, need("basex")
        self.env = dict(os.environ, HOME=str(folder), BASEX_JVM=f"-Dorg.basex.path={folder}")
        self.ids = {name: key for key, name in archive.names.items()}

    def basex_run(self, *words):
        return run(self.basex, *words, env=self.env, cwd=self.folder)

    def feed(self):
        self.basex_run("-c", "SET FTINDEX true", "-c", f"CREATE DB reports {self.archive.folder}")

    def forget(self, before):
        self.basex_run("-c", "OPEN reports", "-c", f"DELETE {GONE}.xml", "-c", "OPTIMIZE")

    def count(self):
        return int(self.basex_run("count(db:open('reports')//*:paragraph)"))

    def ask(self, q):
        names = {"phrase": "word", "word": "word", "title": "title", "state": "state", "symbol": "symbol"}
        kind = next(k for k in names if k in q)
        more = [f"-byear={q['year']}"] if "year" in q else []
        text = self.basex_run(f"-b{names[kind]}={q[kind]}", *more, MAPPINGS / "basex.xq")
        return [self.ids[line.rstrip()] for line in text.splitlines() if line.strip()]


ENGINES = {"sqlite": Sqlite, "postgresql": Postgresql, "xapian": Xapian, "sphinx": Sphinx, "basex": Basex,
           **java_engines.ENGINES}


def check(engine, archive, questions, without=None):
    """What is wrong with the answers, one line a question."""
    faults = []
    for q in questions:
        found = sorted(archive.names.get(i, i) for i in engine.ask(q))
        expected = sorted(f for f in q["found"] if without is None or f.split(" ")[0] != without)
        if found != expected:
            faults.append(f"{q['name']}: expected {expected}, found {found}")
    return faults


def test(engine, archive, folder):
    questions = tomllib.loads((ROOT / "tests/search/questions.toml").read_text())["question"]
    before = folder / "before.ndjson"
    before.write_text(archive.export("records"))
    began = time.monotonic()
    engine.feed()
    seconds, records = time.monotonic() - began, engine.count()
    faults = check(engine, archive, questions)
    engine.feed()
    if engine.count() != records:
        faults.append(f"fed again: {engine.count()} records instead of {records}")
    (archive.folder / f"{GONE}.xml").unlink()
    engine.forget(before)
    faults += ["after deletion: " + fault for fault in check(engine, archive, questions, without=GONE)]
    if engine.count() >= records:
        faults.append(f"after deletion: still {engine.count()} records")
    faults += getattr(engine, "mishaps", list)()
    print(f"{type(engine).__name__}: {records} records fed in {seconds:.1f} s; {len(questions)} questions, {len(faults)} faults")
    print("\n".join(faults))
    return faults


def main():
    program, name = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory(prefix=f"rapporteur-{name}-") as folder:
        folder = pathlib.Path(folder)
        archive = Archive(program, folder)
        engine = ENGINES[name](archive, folder)
        try:
            return 1 if test(engine, archive, folder) else 0
        finally:
            getattr(engine, "stop", lambda: None)()


if __name__ == "__main__":
    sys.exit(main())
