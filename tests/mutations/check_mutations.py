#!/usr/bin/env python3
"""Whatever happens to a report, nothing of it is lost: the reports of the corpus, spoilt in the ways of OCR and of editors, must each
give valid XML in which every letter stands.

check_mutations.py RAPPORTEUR CORPUS [--count N] [--seed N] [--keep FOLDER] [--more FOLDER]

The same seed spoils in the same way. `--keep` writes what failed into a folder, cut down to the fewest lines that still fail;
`--more` takes further documents (.md, .txt) of that folder.
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys

LINE_STARTS = ["> ", "- ", "1. ", "| ", "# ", "    ", "**", "\t", "<div>", "```", "\f", "[^1]: "]
STRAYS = ["\u00a0", "\u200b", "\u0301", "\ufeff", "\u2028", "\u0080", "\u00ad", "\r", "\x0b", "*", "_", "[", "](", "<", "`", "\\", "|",
          "&amp;", "<!--", "-->", "1", "Annex II", "(Agenda item 2)"]
MOST_LINES = 1000


def delete(lines, i, chance, others):
    del lines[i]


def double(lines, i, chance, others):
    lines.insert(i, lines[chance.randrange(len(lines))])


def swap(lines, i, chance, others):
    j = chance.randrange(len(lines))
    lines[i], lines[j] = lines[j], lines[i]


def cut(lines, i, chance, others):
    lines[i] = lines[i][:chance.randrange(len(lines[i]) + 1)]


def join(lines, i, chance, others):
    lines[i] += " " + (lines.pop(i + 1) if i + 1 < len(lines) else "")


def begin(lines, i, chance, others):
    lines[i] = chance.choice(LINE_STARTS) + lines[i]


def stray(lines, i, chance, others):
    at = chance.randrange(len(lines[i]) + 1)
    lines[i] = lines[i][:at] + chance.choice(STRAYS) + lines[i][at:]


def capitals(lines, i, chance, others):
    lines[i] = lines[i].upper()


def break_up(lines, i, chance, others):
    lines[i] = lines[i].replace(" ", "\n", 3)


def foreign_page(lines, i, chance, others):
    other = chance.choice(others).split("\n")
    begin_at = chance.randrange(len(other))
    lines[i:i] = other[begin_at:begin_at + chance.randrange(60)]


WAYS = [delete, double, swap, cut, join, begin, stray, capitals, break_up, foreign_page]


def spoil(text, chance, others):
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        at = chance.randrange(len(lines) - MOST_LINES)
        lines = lines[at:at + MOST_LINES]
    for _ in range(chance.choice([1, 5, 50])):
        if lines:
            chance.choice(WAYS)(lines, chance.randrange(len(lines)), chance, others)
    return "\n".join(lines)


def failures(program, requests):
    """{id: what is wrong} of one stream over the requests."""
    sent = "".join(json.dumps(r) + "\n" for r in requests)
    got = subprocess.run([program, "stream", "-j1"], input=sent, capture_output=True, text=True)
    wrong, answered = {}, set()
    for line in got.stdout.splitlines():
        reply = json.loads(line)
        answered.add(reply["id"])
        errors = [d["code"] + " " + d["message"] for d in reply.get("diagnostics", []) if d["severity"] == "error"]
        if reply["outcome"] != "valid" or errors:
            wrong[reply["id"]] = reply["outcome"] + " " + "; ".join(errors)
    for request in requests:
        if request["id"] not in answered:
            wrong[request["id"]] = "no answer"
    return wrong


def cut_down(program, request):
    """The request with as few lines as still fail."""
    lines = request["text"].split("\n")
    size = max(1, len(lines) // 2)
    while size:
        at = 0
        while at < len(lines):
            fewer = lines[:at] + lines[at + size:]
            if failures(program, [dict(request, text="\n".join(fewer))]):
                lines = fewer
            else:
                at += size
        size //= 2
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--more", type=pathlib.Path)
    asked = parser.parse_args()
    files = sorted(asked.corpus.glob("*/input.*")) + (sorted(asked.more.rglob("*")) if asked.more else [])
    texts = [f.read_bytes().decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode() for f in files if f.suffix in (".md", ".txt")]
    if not texts:
        sys.exit(f"no documents in {asked.corpus}")
    chance = random.Random(asked.seed)
    requests = [{"id": i, "name": chance.choice(["report.md", "report.txt"]), "text": spoil(chance.choice(texts), chance, texts)} for i in range(asked.count)]
    wrong = failures(asked.program, requests)
    for i, what in sorted(wrong.items()):
        print(f"document {i} of seed {asked.seed} ({requests[i]['name']}): {what}")
        if asked.keep:
            asked.keep.mkdir(parents=True, exist_ok=True)
            (asked.keep / f"{asked.seed}-{i}-{requests[i]['name']}").write_text(cut_down(asked.program, requests[i]))
    print(f"{asked.count} spoilt documents, {len(wrong)} not whole and valid")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
