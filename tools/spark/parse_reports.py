#!/usr/bin/env python3
"""Parses a folder of reports on a Spark cluster: XML files, and a Parquet table of outlines and verdicts.

spark-submit parse_reports.py --input DIR --output DIR [--rapporteur PATH] [--partitions N]

Every partition drives one `rapporteur stream`. What comes out is what `rapporteur batch` writes, to the byte: DIR/xml/<path>.xml
(DIR/xml/.invalid/ for what is not valid), and DIR/table (Parquet). Where a stream itself dies, its partition is halved
until the one document that kills it is alone; that one is a row with the outcome `failed`, and no other is lost. Files are
written under another name and renamed, and a row depends on nothing but its document, so any task may run twice.

The output folder is one that all workers see (NFS, or a mounted object store).
"""
import argparse
import base64
import json
import os
import pathlib
import subprocess
import threading
import urllib.parse

FIELDS = ("path string, outcome string, verdict string, symbol string, grammar string, sha256 string, reasons array<string>, "
          "paragraphs int, sections int, agenda_items int, annexes int, annex_references int, not_attached int, furniture int, "
          "doubtful int, outline string, diagnostics string")
COUNTS = ["paragraphs", "sections", "agenda_items", "annexes", "annex_references", "not_attached", "furniture", "doubtful"]


class StreamDied(Exception):
    pass


def request(path, data):
    return json.dumps({"id": path, "name": path.rsplit("/", 1)[-1], "base64": base64.b64encode(data).decode(), "forms": ["outline-tsv"]}).encode() + b"\n"


def ask(program, documents):
    """The replies to (path, bytes) documents, from one stream. StreamDied where there are fewer than documents."""
    child = subprocess.Popen([program, "stream"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def feed():
        try:
            for path, data in documents:
                child.stdin.write(request(path, data))
            child.stdin.close()
        except BrokenPipeError:
            pass

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    replies = [json.loads(line) for line in child.stdout if line.endswith(b"\n")]
    feeder.join()
    if child.wait() != 0 or len(replies) != len(documents):
        raise StreamDied(f"exit {child.returncode} after {len(replies)} of {len(documents)} replies")
    return replies


def ask_by_halves(program, documents):
    try:
        return ask(program, documents)
    except StreamDied as why:
        if len(documents) == 1:
            return [{"id": documents[0][0], "outcome": "failed", "diagnostics": [{"severity": "error", "code": "B101", "message": str(why)}]}]
        middle = len(documents) // 2
        return ask_by_halves(program, documents[:middle]) + ask_by_halves(program, documents[middle:])


def write_whole(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    temporary.write_bytes(text)
    temporary.replace(path)


def keep(output, reply):
    """Writes the XML where it belongs, and takes away what an earlier run wrote where it does not."""
    good, bad = (pathlib.Path(output, "xml", *kind, reply["id"] + ".xml") for kind in ((), (".invalid",)))
    for outcome, place in (("valid", good), ("invalid", bad)):
        if reply["outcome"] == outcome:
            write_whole(place, reply["xml"].encode())
        else:
            place.unlink(missing_ok=True)


def row(reply):
    counts = reply.get("counts", {})
    return (reply["id"], reply["outcome"], reply.get("verdict"), reply.get("symbol"), reply.get("grammar"), reply.get("sha256"), reply.get("reasons", []),
            *(counts.get(name) for name in COUNTS), reply.get("forms", {}).get("outline-tsv"), json.dumps(reply["diagnostics"]))


def chunks(items, most_bytes=64 * 1024 * 1024, most=500):
    """So many documents at a time as fit into memory several times over."""
    some, size = [], 0
    for item in items:
        if some and (size + len(item[1]) > most_bytes or len(some) >= most):
            yield some
            some, size = [], 0
        some.append(item)
        size += len(item[1])
    if some:
        yield some


def parse_partition(program, root, output, rows):
    def name(uri):
        return os.path.relpath(urllib.parse.unquote(urllib.parse.urlsplit(uri).path), root)

    for documents in chunks((name(r.path), bytes(r.content)) for r in rows):
        for reply in ask_by_halves(program, documents):
            keep(output, reply)
            yield row(reply)


def run(spark, program, source, output, partitions):
    root = os.path.realpath(source)
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(root).select("path", "content")
    if partitions:
        files = files.repartition(partitions, "path")
    table = spark.createDataFrame(files.rdd.mapPartitions(lambda rows: parse_partition(program, root, output, rows)), FIELDS)
    table.write.mode("overwrite").parquet(os.path.join(output, "table"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--rapporteur", default="rapporteur", help="the program, at the same place on every worker")
    parser.add_argument("--partitions", type=int, default=0, help="0: as Spark cuts the input")
    asked = parser.parse_args()
    from pyspark.sql import SparkSession
    spark = SparkSession.builder.appName("rapporteur").getOrCreate()
    run(spark, asked.rapporteur, asked.input, asked.output, asked.partitions)
    spark.stop()


if __name__ == "__main__":
    main()
