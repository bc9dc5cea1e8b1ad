#!/usr/bin/env python3
"""Runs one text case of the command line against the real program.

run_case.py RAPPORTEUR CASE.txt

A case is a conversation in a fresh, empty folder:

    # what this shows                      a comment
    <<< report.md                          a file with these lines ...
    1. The Meeting was held online.
    >>>                                    ... up to here
    $ rapporteur outline report.md         a command, run by bash with pipefail; rapporteur is the program under test
    | paragraph<TAB>1 ...                  the lines it must write to standard output, all of them
    ! report.md: 1 paragraph; 0 doubtful   the lines it must write to standard error, all of them
    ? 0                                    the exit status it must have (left out: 0)
    @ not root                             before a command: skip it where that does not hold

A line `| ...` or `! ...` (three dots alone) stands for any number of lines. UPDATE_GOLDENS=1 writes what the program
said into the case, in place, and fails all the same, so that nothing is accepted unread.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def parse(text):
    """The case as a list of ("keep", lines), ("file", lines, name, content) and ("run", lines, command, out, err, exit)."""
    parts, lines, at = [], text.split("\n"), 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("<<< "):
            end = lines.index(">>>", at)
            parts.append(("file", lines[at:end + 1], line[4:], "\n".join(lines[at + 1:end]) + "\n"))
            at = end + 1
        elif line.startswith("$ "):
            end = at + 1
            while end < len(lines) and lines[end][:1] in ("|", "!", "?"):
                end += 1
            said = lines[at + 1:end]
            pick = lambda mark: [l[2:] for l in said if l[:1] == mark]
            parts.append(("run", lines[at:end], line[2:], pick("|"), pick("!"), int((pick("?") or ["0"])[0])))
            at = end
        else:
            parts.append(("keep", [line]))
            at += 1
    return parts


def fits(expected, got):
    """Whether the lines agree; `...` stands for any number of lines."""
    pattern = "".join("(?:.*\n)*" if line == "..." else re.escape(line) + "\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in got)) is not None


def lines_of(data):
    text = data.decode("utf-8", "backslashreplace")
    return text[:-1].split("\n") if text.endswith("\n") else text.split("\n") if text else []


def environment(program, place):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("RAPPORTEUR_", "XDG_", "LC_"))}
    env.update(HOME=str(place / "home"), LC_ALL="C.UTF-8", PATH=f"{program.parent}:{env['PATH']}")
    return env


def run(program, case):
    failures, rewritten, skip = [], [], False
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        (place / "home").mkdir()
        (place / "work").mkdir()
        env = environment(program, place)
        for part in parse(case.read_text(encoding="utf-8")):
            rewritten += part[1]
            if part[0] == "keep":
                skip = skip or (part[1][0] == "@ not root" and os.geteuid() == 0)
            if part[0] == "file":
                path = place / "work" / part[2]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(part[3], encoding="utf-8")
            if part[0] != "run":
                continue
            if skip:
                skip = False
                continue
            _, source, command, out, err, status = part
            done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=place / "work", env=env,
                                  stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
            got_out, got_err = lines_of(done.stdout), lines_of(done.stderr)
            if fits(out, got_out) and fits(err, got_err) and status == done.returncode:
                continue
            actual = [f"| {l}".rstrip() for l in got_out] + [f"! {l}".rstrip() for l in got_err]
            actual += [f"? {done.returncode}"] if done.returncode else []
            failures.append("\n".join(["expected:"] + source + ["got:", f"$ {command}"] + actual))
            rewritten[-len(source):] = [f"$ {command}"] + actual
    return failures, "\n".join(rewritten)


if __name__ == "__main__":
    case = pathlib.Path(sys.argv[2])
    failures, text = run(pathlib.Path(sys.argv[1]).resolve(), case)
    print("\n\n".join(failures))
    if failures and os.environ.get("UPDATE_GOLDENS") == "1":
        case.write_text(text, encoding="utf-8")
        print(f"{case} was rewritten: read the difference before you keep it")
    sys.exit(1 if failures else 0)
