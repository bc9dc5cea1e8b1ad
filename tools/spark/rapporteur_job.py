#!/usr/bin/env python3
"""A folder of reports of any size through a Spark cluster: XML files and a Parquet table of outlines and verdicts.

  spark-submit --py-files documents.py rapporteur_job.py IN OUT [options]

Reads IN (binaryFile), runs `rapporteur stream` on every partition (documents.py), writes OUT/xml, the same tree as
`rapporteur batch` makes, and OUT/table/run=N with a row for each document that this run has done. Running it again does
only what is new, has changed or lost its output. docs/at-scale.md says how to run it on a cluster.
"""
import argparse
import hashlib
import os
import shutil
import sys

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

import documents as work

COUNT_FIELDS = ", ".join(f"{name}: int" for name in work.COUNTS)
SCHEMA = f"""name string, sha256 string, fingerprint string, bytes long, verdict string, reasons array<string>, symbol string,
  grammar string, counts struct<{COUNT_FIELDS}>,
  outline array<struct<kind: string, label: string, agenda: string, text: string, line: int>>,
  diagnostics array<struct<severity: string, code: string, message: string, help: string, line: int>>,
  place string, size long, xml string"""
DEFAULT_LARGEST = 700 << 20  # in base64 it is a request of less than 1 GiB
VERDICTS = ["ok", "review", "invalid", "failed"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", metavar="IN", help="folder of reports, as Spark names it: a path, hdfs://..., s3a://...")
    parser.add_argument("output", metavar="OUT", help="folder to write into; with --xml files a path that every node has")
    parser.add_argument("--xml", choices=["files", "table"], default="files", help="XML as files, or as a column of the table (files)")
    parser.add_argument("--rapporteur", default="rapporteur", metavar="PROGRAM", help="what to run on the nodes (rapporteur)")
    parser.add_argument("--shard-mb", type=float, default=16, metavar="MB", help="bytes of reports that are one partition (16)")
    parser.add_argument("--largest", type=int, default=DEFAULT_LARGEST, metavar="BYTES", help="larger documents are not read")
    parser.add_argument("--retry-failed", action="store_true", help="do again what failed or was invalid")
    parser.add_argument("--deadline", type=float, default=60, metavar="SECONDS", help="what one document may take (60)")
    parser.add_argument("--memory", type=int, metavar="MB", help="memory that a parsing process may take")
    parser.add_argument("-g", "--grammar", help="as for rapporteur parse")
    parser.add_argument("--grammar-path", metavar="DIR", help="as for rapporteur parse; on every node")
    return parser.parse_args()


def settings_of(asked):
    options = ["--deadline", f"{asked.deadline:g}"]
    for name in ("memory", "grammar", "grammar_path"):
        if getattr(asked, name) is not None:
            options += ["--" + name.replace("_", "-"), str(getattr(asked, name))]
    files = asked.xml == "files"
    if ":/" not in asked.output:
        asked.output = os.path.abspath(asked.output)  # executors work in other folders
    folder = asked.output.removeprefix("file://")
    if files and ":/" in folder:
        raise work.Fault(f"error U102: {asked.output} is no path: files cannot be written there\n"
                         "  help: --xml table puts the XML into the table; or mount it on every node", 2)
    return work.Settings(asked.rapporteur, tuple(options), 2 * asked.deadline + 30 if asked.deadline else 0, os.path.join(folder, "xml") if files else "",
                         os.path.join(folder, "scratch") if files else "")


def session(asked):
    os.environ["LC_ALL"] = "C.UTF-8"  # the JVM reads and writes names of files in the encoding of its locale
    spark = (SparkSession.builder.appName("rapporteur")
             .config("spark.executorEnv.LC_ALL", "C.UTF-8")
             .config("spark.sql.files.maxPartitionBytes", int(asked.shard_mb * (1 << 20)))
             .config("spark.sql.files.openCostInBytes", 16 << 10)  # a report is small: many of them make a partition
             .config("spark.sql.files.ignoreCorruptFiles", True)   # what cannot be read becomes a row, see unread()
             .config("spark.sql.files.ignoreMissingFiles", True)
             .getOrCreate())
    if os.path.basename(work.__file__) not in spark.conf.get("spark.submit.pyFiles", ""):
        spark.sparkContext.addPyFile(work.__file__)
    if spark._jvm.java.lang.System.getProperty("sun.jnu.encoding") != "UTF-8":
        raise work.Fault("error B303: Java would not read names of files that are not ASCII\n"
                         "  help: run it with LC_ALL=C.UTF-8 in the environment", 2)
    return spark


class Table:
    """OUT/table: a folder for each run, complete when Spark has put _SUCCESS into it."""

    def __init__(self, spark, folder):
        self.spark, self.folder = spark, folder.rstrip("/") + "/table"
        path = spark._jvm.org.apache.hadoop.fs.Path(self.folder)
        self.files = path.getFileSystem(spark._jsc.hadoopConfiguration())
        self.runs = []
        for found in self.files.listStatus(path) if self.files.exists(path) else []:
            name = found.getPath().getName()
            if name.startswith("run=") and self.files.exists(spark._jvm.org.apache.hadoop.fs.Path(found.getPath(), "_SUCCESS")):
                self.runs.append(int(name[4:]))

    def of_run(self, run):
        return f"{self.folder}/run={run:06d}"

    def next_run(self):
        return max(self.runs, default=0) + 1

    def latest(self):
        """The row of every document that was done last. None before the first run."""
        if not self.runs:
            return None
        every = self.spark.read.schema(SCHEMA + ", run int").option("basePath", self.folder).parquet(*map(self.of_run, sorted(self.runs)))
        last = Window.partitionBy("name").orderBy(F.desc("run"))
        return every.withColumn("n", F.row_number().over(last)).where("n = 1").drop("n")

    def drop(self, run):
        self.files.delete(self.spark._jvm.org.apache.hadoop.fs.Path(self.of_run(run)), True)


def done_before(table, settings, known, retry_failed):
    """Names and hashes of what need not be done again, or None."""
    latest = table.latest()
    if latest is None:
        return None
    kept = latest.where(F.col("fingerprint") == known)
    if retry_failed:
        kept = kept.where(F.col("verdict").isin("ok", "review"))
    if not settings.tree:
        return kept.where("place is null or xml is not null").select("name", "sha256", "verdict")

    def stands(row):
        try:
            return row.place is None or os.path.getsize(os.path.join(settings.tree, row.place)) == row.size
        except OSError:
            return False

    names = kept.select("name", "sha256", "verdict", "place", "size")
    return names.rdd.filter(stands).toDF(names.schema).select("name", "sha256", "verdict")


def unread(listing, seen, largest, known):
    """Rows of documents that are in the folder and were not read: nothing is left out in silence."""
    missing = listing.join(seen, "name", "left_anti").collect()
    found = []
    for one in missing:
        if one.length > largest:
            why = work.failed("B305", f"has {one.length} bytes, more than the {largest} that are read", "--largest BYTES; or parse it alone: rapporteur parse")
        else:
            why = work.failed("B304", "cannot be read", "the logs of the executors say why")
        found.append(work.row(work.Document(one.name, "", b""), why, known, ""))
    return found


def run(asked):
    settings = settings_of(asked)
    spark = session(asked)
    known = spark.sparkContext.parallelize([0], 1).map(lambda _: fingerprint_or_fault(settings)).first()
    if isinstance(known, tuple):
        raise work.Fault(*known)
    root = spark._jvm.org.apache.hadoop.fs.Path(asked.input)
    system = root.getFileSystem(spark._jsc.hadoopConfiguration())
    root = system.makeQualified(root)
    empty = spark.createDataFrame([(name, hashlib.sha256(b"").hexdigest(), bytearray()) for name in empty_files(system, root)],
                                  "name string, sha256 string, content binary")
    files = (spark.read.format("binaryFile").option("recursiveFileLookup", True).load(asked.input)
             .withColumn("name", F.expr(f"substring(path, {len(root.toString().rstrip('/')) + 2})")))
    table = Table(spark, asked.output)
    done = done_before(table, settings, known, asked.retry_failed)
    todo = files.where(F.col("length") <= asked.largest).select("name", F.sha2("content", 256).alias("sha256"), "content").union(empty)
    if done is not None:
        done = done.cache()
        todo = todo.join(F.broadcast(done.select("name", "sha256")), ["name", "sha256"], "left_anti")
    number = table.next_run()
    place = table.of_run(number)
    fresh = todo.rdd.mapPartitions(lambda rows: work.rows((work.Document(r.name, r.sha256, bytes(r.content)) for r in rows), settings))
    fresh = spark.createDataFrame(fresh, SCHEMA, verifySchema=False)
    (fresh if asked.xml == "table" else fresh.withColumn("xml", F.lit(None).cast("string"))).write.mode("overwrite").parquet(place)
    written = spark.read.schema(SCHEMA).parquet(place)
    listing = files.select("name", "length").union(empty.select("name", F.lit(0).cast("long")))
    seen = written.select("name") if done is None else written.select("name").union(done.select("name"))
    lost = unread(listing, seen, asked.largest, known)
    if lost:
        spark.createDataFrame(lost, SCHEMA).coalesce(1).write.mode("append").parquet(place)
    return end(spark, table, number, place, done, listing)


def empty_files(files, root):
    """Names of the files of no bytes: Spark does not list them, and they too are documents."""
    names, found = [], files.listFiles(root, True)
    begin = len(root.toString().rstrip("/")) + 1
    while found.hasNext():
        status = found.next()
        if status.getLen() == 0:
            name = status.getPath().toString()[begin:]
            if not any(part[0] in "._" for part in name.split("/")):
                names.append(name)
    return names


def fingerprint_or_fault(settings):
    """On a worker: Spark would try a task that raises again, and hide what it says in a trace of Java."""
    try:
        return work.fingerprint(settings)
    except work.Fault as fault:
        return fault.text, fault.status


def end(spark, table, number, place, done, listing):
    """Says what came of it, and returns the exit status."""
    verdicts = spark.read.schema(SCHEMA).parquet(place).select("name", "verdict")
    fresh = {row.verdict: row["count"] for row in verdicts.groupBy("verdict").count().collect()}
    kept = {}
    if done is not None:
        still = done.join(listing, "name", "left_semi").join(verdicts, "name", "left_anti")
        kept = {row.verdict: row["count"] for row in still.groupBy("verdict").count().collect()}
    if not fresh:
        table.drop(number)
    count = {verdict: fresh.get(verdict, 0) + kept.get(verdict, 0) for verdict in VERDICTS}
    before = f" ({sum(kept.values())} of them done before and unchanged)" if kept else ""
    print(f"{sum(count.values())} documents: " + ", ".join(f"{n} {verdict}" for verdict, n in count.items()) + before)
    return 1 if count["invalid"] + count["failed"] else 0


def main():
    asked = arguments()
    scratch = ""
    try:
        scratch = settings_of(asked).scratch
        status = run(asked)
    except work.Fault as fault:
        print(fault.text, file=sys.stderr)
        status = fault.status
    finally:
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)
        if SparkSession.getActiveSession():
            SparkSession.getActiveSession().stop()
    sys.exit(status)


if __name__ == "__main__":
    main()
