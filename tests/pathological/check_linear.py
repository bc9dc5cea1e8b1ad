#!/usr/bin/env python3
"""Input that is hard on parsers: each kind at n, 2n and 4n must stay fast, and cost grow with size and no faster.

check_linear.py RAPPORTEUR [--bytes N] [KIND ...]

Processor time of a call on an empty document is taken off. Short times are noise on a busy machine, so growth counts only where
the largest took long enough to be measured, and a slow measurement is tried again; the least time of each size counts. Where
time still seems to grow faster, valgrind counts instructions, which no other program disturbs; without it the bound is wider.
"""
import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile

LIMIT = 1.0      # seconds of processor time at `--bytes`, the size that a kind must manage
SLOPE = 1.15     # of the cost of a byte, from n to 4n; a quadratic parser has 4
NOISY = 1.30     # the same of processor time, where nobody counts instructions
MEASURABLE = .1  # seconds

KINDS = {
    "quotes": lambda n: ">" * n,
    "one block of numbered lines": lambda n: "1.1 The Meeting was held.\n" * (n // 26),
    "one block of lettered lines": lambda n: "(a) The Meeting was held.\n" * (n // 26),
    "quotes on lines": lambda n: "".join(">" * (i % 200) + " a\n" for i in range(n // 100)),
    "open brackets": lambda n: "[" * n,
    "brackets and parentheses": lambda n: "[a](" * (n // 4),
    "images": lambda n: "![a](b " * (n // 7),
    "stars": lambda n: "*a **a " * (n // 7),
    "underscores": lambda n: "_" * n,
    "backticks": lambda n: "".join("`" * (i % 100 + 1) + "a" for i in range(n // 51)),
    "tildes": lambda n: "~~a ~" * (n // 5),
    "angle brackets": lambda n: "<" * n,
    "comments that never end": lambda n: "<!-- a\n" * (n // 7),
    "entities": lambda n: "&amp;&#x41;&" * (n // 12),
    "backslashes": lambda n: "\\" * n,
    "one long line": lambda n: "word " * (n // 5),
    "one long word": lambda n: "a" * n,
    "symbols": lambda n: "A/" * (n // 2),
    "dotted numbers": lambda n: "1." * (n // 2),
    "dotted numbers on lines": lambda n: "1.1.1.1 The Meeting\n\n" * (n // 21),
    "deep lists": lambda n: "".join(" " * (2 * min(i, 500)) + "- a\n" for i in range(max(1, n // 1000))),
    "deep ordered lists": lambda n: "1. " * (n // 3) + "a",
    "many small paragraphs": lambda n: "".join(f"{i}. A.\n\n" for i in range(n // 10)),
    "paragraphs all numbered 1": lambda n: "1. A.\n\n" * (n // 7),
    "numbers that fall": lambda n: "".join(f"{n - i}. A.\n\n" for i in range(n // 12)),
    "annexes": lambda n: "ANNEX I\n\n" * (n // 9),
    "mentions of annexes": lambda n: "see Annex I and " * (n // 16),
    "agenda items": lambda n: "AGENDA ITEM 1: A\n\n" * (n // 18),
    "headings": lambda n: "#### A\n\n" * (n // 8),
    "capital lines": lambda n: "THE MEETING\n" * (n // 12),
    "one line again and again": lambda n: "Page 1\n\n" * (n // 8),
    "numbers alone": lambda n: "REPORT OF THE MEETING\n\n" + "".join(f"{i % 1000}\n\n" for i in range(n // 5)),
    "numbers alone above sentences": lambda n: "REPORT OF THE MEETING\n\n" + "".join(f"{i % 1000}\n\nThe Group met and said so.\n\n" for i in range(n // 33)),
    "double spacing": lambda n: "the meeting went on with what was\n\n" * (n // 35),
    "table cells": lambda n: "|a" * (n // 2) + "\n" + "|-" * (n // 2),
    "table rows": lambda n: "| a | b |\n|---|---|\n" + "| a | b |\n" * (n // 10),
    "dates": lambda n: "1 May 2001 " * (n // 11),
    "names": lambda n: "Mr. Jan DOE, " * (n // 13),
    "opening parentheses": lambda n: "(a " * (n // 3),
    "roman numerals": lambda n: "I. II. III. IV. " * (n // 16),
    "dots as in contents": lambda n: "A " + "." * n + " 7",
    "contents": lambda n: "CONTENTS\n\n" + "".join(f"{i}. Opening ........ {i}\n" for i in range(n // 26)),
    "blanks": lambda n: " " * n + "a",
    "empty lines": lambda n: "\n" * n + "a",
    "tabs": lambda n: "\t" * n,
    "carriage returns": lambda n: "a\r" * (n // 2),
    "form feeds": lambda n: "a\f" * (n // 2),
    "combining marks": lambda n: "a" + "\u0301" * (n // 2),
    "no-break blanks": lambda n: "\u00a0a" * (n // 3),
    "soft hyphens": lambda n: "a\u00ad" * (n // 3),
    "footnotes": lambda n: "[^1] [^1]: a\n" * (n // 13),
}


def run(command, text):
    with tempfile.NamedTemporaryFile("w", suffix=".md", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        got = subprocess.run([*command, "outline", file.name], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120)
    if got.returncode not in (0, 1):
        raise AssertionError(f"exit {got.returncode}: {got.stderr.decode(errors='replace')[-500:]}")
    return got.stderr.decode(errors="replace")


def seconds(program, text):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run([program], text)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def instructions(program, text):
    said = run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program], text)
    return int(re.search(r"Collected : (\d+)", said).group(1))


def slope_of(costs, texts):
    """By how much a byte of the largest text costs more than one of the smallest."""
    return costs[-1] / len(texts[-1]) / (costs[0] / len(texts[0]))


def slope_by_instructions(program, texts):
    floor = instructions(program, "")
    return slope_of([instructions(program, texts[i]) - floor for i in (0, -1)], [texts[0], texts[-1]])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--bytes", type=int, default=100_000)
    parser.add_argument("kinds", nargs="*")
    asked = parser.parse_args()
    bad = []
    counts = shutil.which("valgrind") is not None
    floor = min(seconds(asked.program, "") for _ in range(3))
    for name in asked.kinds or KINDS:
        texts = [KINDS[name](factor * asked.bytes) for factor in (1, 2, 4)]
        times = [float("inf")] * 3
        for attempt in range(8):  # others use the machine too: the least of each size is what it takes
            try:
                times = [min(best, max(1e-4, seconds(asked.program, text) - floor)) for best, text in zip(times, texts)]
            except (AssertionError, subprocess.TimeoutExpired) as error:
                times, why = [9, 99, 999], str(error)[:200]
                break
            slope, counted = slope_of(times, texts), ""
            if attempt == 7 and counts and times[2] >= MEASURABLE and slope > SLOPE:
                slope, counted = slope_by_instructions(asked.program, texts), " by instructions"
            grows = times[2] >= MEASURABLE and slope > (SLOPE if counts else NOISY)
            why = "too slow" if times[0] >= LIMIT else f"slope {slope:.2f}{counted}" if grows else ""
            if not why:
                break
        print(f"{name:28} {times[0] * 1e3:8.1f} {times[1] * 1e3:8.1f} {times[2] * 1e3:8.1f} ms  {why}", flush=True)
        if why:
            bad.append(name)
    if bad:
        sys.exit("too slow, or slower than their size: " + ", ".join(bad))


if __name__ == "__main__":
    main()
