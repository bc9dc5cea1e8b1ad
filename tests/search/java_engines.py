"""Solr and OpenSearch as real servers, made of their Maven artefacts: no download but that of Maven itself."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

from workplace import MAPPINGS, ROOT, free_port, need, run, skip

HERE = pathlib.Path(__file__).resolve().parent
FEED = ROOT / "tools/feed-engine"


def class_path(engine):
    """Of the artefacts that ENGINE/pom.xml names; from the local repository where they are there already."""
    with tempfile.TemporaryDirectory() as folder:
        told = pathlib.Path(folder) / "class-path"
        ask = [need("mvn"), "-q", "-B", "-f", str(HERE / engine / "pom.xml"), "dependency:build-classpath", f"-Dmdep.outputFile={told}"]
        for more in (["-o"], []):
            try:
                if subprocess.run(ask + more, capture_output=True, timeout=400).returncode == 0:
                    return told.read_text()
            except subprocess.TimeoutExpired:
                pass
    return skip(f"Maven cannot fetch the artefacts of tests/search/{engine}/pom.xml")


class JavaServer:
    """A server of one Java file; it ends when its standard input does."""

    def __init__(self, source, home, *more):
        self.port = free_port()
        command = [need("java"), "-Xmx512m", "-XX:TieredStopAtLevel=1", f"-Dsolr.log.dir={home}", "-cp", class_path(source.parent.name), source, home,
                   self.port, *more]
        self.log = open(home / "server.log", "wb")
        self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log)
        for line in self.process.stdout:
            if line.strip() == b"ready":
                return
        self.stop()
        sys.exit(f"{source.stem} did not start:\n" + (home / "server.log").read_text(errors="replace")[-2000:])

    def stop(self):
        self.process.stdin.close()
        self.process.stdout.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def get(self, path, body=None, method=None):
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())


def feed(kind, url, text, tries=1, expect=0):
    """What tools/feed-engine says, which must end with `expect`."""
    done = subprocess.run([sys.executable, FEED, kind, url, f"--tries={tries}", "--timeout=60"], input=text.encode(), capture_output=True, timeout=300)
    said = done.stderr.decode()
    if done.returncode != expect:
        sys.exit(f"feed-engine {kind}: exit {done.returncode}\n{said[-2000:]}")
    return said


class Solr:
    """Fed with JSON and, the second time, with XML: both say the same."""

    forms = ["solr-xml", "solr"]

    def __init__(self, archive, folder):
        self.archive = archive
        home = folder / "solr"
        shutil.copytree(MAPPINGS / "solr/conf", home / "reports/conf")
        (home / "solr.xml").write_text("<solr/>\n")
        (home / "reports/core.properties").write_text("name=reports\n")
        self.server = JavaServer(HERE / "solr/SolrServer.java", home)
        self.url = f"http://127.0.0.1:{self.server.port}/solr/reports"

    def feed(self):
        form = self.forms.pop() if self.forms else "solr"
        feed("solr", self.url, self.archive.export(form))

    def forget(self, before):
        feed("solr", self.url, self.archive.export("solr", "--since", before))

    def select(self, query, **more):
        asked = urllib.parse.urlencode({"q": query, "rows": 1000, "wt": "json", **more})
        return self.server.get(f"/solr/reports/select?{asked}")["response"]

    def count(self):
        return self.select("*:*", rows=0)["numFound"]

    def ask(self, q):
        if "state" in q:
            found = self.select("*:*", fq=f"states:{q['state']} AND year:{q['year']}")
            return sorted({d["document"] for d in found["docs"]})
        if "symbol" in q:
            found = self.select("kind:document", fq="{!term f=symbol}" + q["symbol"])
        elif "title" in q:
            found = self.select(f'agendaHeading:"{q["title"]}"', fq="kind:paragraph")
        else:
            found = self.select(q["word"] if "word" in q else f'"{q["phrase"]}"')
        return [d["id"] for d in found["docs"]]

    def mishaps(self):
        """Bad answers, each with the whole message."""
        wrong = '{"add":{"doc":{"id":"x","kind":"paragraph","colour":"red"}}}'
        said = feed("solr", self.url, wrong, expect=1)
        expected = (f"error: {self.url} answers 400: ERROR: [doc=x] unknown field 'colour'\n"
                    "  help: see that the index is there and was made with the files of schema/search/\n")
        return [] if said == expected else [f"an unknown field: said {said!r}"]

    def stop(self):
        self.server.stop()


class OpenSearch:
    def __init__(self, archive, folder):
        self.archive, self.folder = archive, folder
        self.server = self.start("opensearch")

    def start(self, name, *settings):
        home = self.folder / name
        (home / "config").mkdir(parents=True)
        server = JavaServer(HERE / "opensearch/OpenSearchServer.java", home, *settings)
        self.url = f"http://127.0.0.1:{server.port}/reports"
        server.get("/reports", (MAPPINGS / "opensearch.json").read_bytes(), "PUT")
        return server

    def feed(self):
        feed("opensearch", self.url, self.archive.export("opensearch"))

    def forget(self, before):
        feed("opensearch", self.url, self.archive.export("opensearch", "--since", before))

    def count(self):
        return self.server.get("/reports/_count")["count"]

    def search(self, query, kind=None):
        both = [query] + ([{"term": {"kind": kind}}] if kind else [])
        asked = json.dumps({"size": 1000, "query": {"bool": {"must": both}}}).encode()
        return [hit["_source"] for hit in self.server.get("/reports/_search", asked)["hits"]["hits"]]

    def ask(self, q):
        if "state" in q:
            both = {"bool": {"filter": [{"term": {"states": q["state"]}}, {"term": {"year": q["year"]}}]}}
            return sorted({s["document"] for s in self.search(both)})
        if "symbol" in q:
            found = self.search({"term": {"symbol": q["symbol"]}}, "document")
        elif "title" in q:
            found = self.search({"match_phrase": {"agendaHeading": q["title"]}}, "paragraph")
        else:
            found = self.search({"match": {"text": q["word"]}} if "word" in q else {"match_phrase": {"text": q["phrase"]}})
        return [s["id"] for s in found]

    def mishaps(self):
        """Bad answers, each with the whole message, and a feed that broke off in the middle."""
        faults = []

        def check(what, said, expected):
            if said != expected:
                faults.append(f"{what}: said {said!r}, expected {expected!r}")

        records, lines = self.count(), self.archive.export("opensearch").splitlines(keepends=True)
        self.server.get("/reports", method="DELETE")
        self.server.get("/reports", (MAPPINGS / "opensearch.json").read_bytes(), "PUT")
        half = len(lines) // 4 * 2
        feed("opensearch", self.url, "".join(lines[:half]))
        check("a feed broken off in the middle", self.count() < records, True)
        feed("opensearch", self.url, "".join(lines))
        check("the same command again", self.count(), records)
        good = '{"index":{"_id":"good"}}\n{"id":"good","year":2020}\n'
        check("an item error in a 200 answer", feed("opensearch", self.url, '{"index":{"_id":"bad"}}\n{"id":"bad","year":"long ago"}\n' + good, expect=1),
              "refused: bad: failed to parse field [year] of type [integer] in document with id 'bad'. Preview of field's value: 'long ago': For input string: \"long ago\"\n"
              "1 taken, 1 refused\n  help: what was refused is named above; mend it and give the whole feed again, nothing is doubled\n")
        long_id = "x" * 513
        check("an id that is too long", feed("opensearch", self.url, f'{{"index":{{"_id":"{long_id}"}}}}\n{{"id":"x"}}\n{good}', expect=1),
              f"error: {self.url} answers 400: Validation Failed: 1: id [{long_id}] is too long, must be no longer than 512 bytes but was: 513;\n"
              "  help: see that the index is there and was made with the files of schema/search/\n")
        feed("opensearch", self.url, '{"delete":{"_id":"good"}}\n')
        nobody = f"http://127.0.0.1:{free_port()}/reports"
        check("no answer", feed("opensearch", nobody, good, tries=2, expect=1),
              f"{nobody}: no answer ([Errno 111] Connection refused); again in 1 s\n"
              f"error: {nobody}: no answer ([Errno 111] Connection refused), 2 times\n"
              "  help: nothing is lost: the same command goes on when the engine does; nothing will be doubled\n")
        self.server.stop()
        self.server = self.start("busy", "indexing_pressure.memory.limit=1kb")
        text = self.archive.export("opensearch")
        check("a busy engine", feed("opensearch", self.url, text, tries=2, expect=1),
              f"{self.url}: busy (429); again in 1 s\nerror: {self.url}: busy (429), 2 times\n"
              "  help: nothing is lost: the same command goes on when the engine does; nothing will be doubled\n")
        return faults

    def stop(self):
        self.server.stop()


ENGINES = {"solr": Solr, "opensearch": OpenSearch}
