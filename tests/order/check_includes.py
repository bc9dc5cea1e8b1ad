#!/usr/bin/env python3
"""Fails where an include runs against the order of the stages.

check_includes.py ROOT      checks ROOT/parser and ROOT/tools
check_includes.py --self-test

The order is read from `stage(NAME SEES ...)` in parser/CMakeLists.txt, so there is no second list to keep. A stage may
include its own headers, those of the stages that it sees, and the public headers that belong to either. Programs in
tools/ use the library as any other program would: public headers only. A third-party library that only one folder may
know (so that it can be replaced there) is listed in CONFINED.
"""
import pathlib
import re
import sys
import tempfile

# Which stage a public header belongs to.
PUBLIC = {
    "source.h": "text",
    "diagnostic.h": "diagnostics",
    "result.h": "diagnostics",
    "input.h": "readers",
    "converters.h": "readers",
    "report.h": "model",
    "sequence.h": "text",
    "exports.h": "exports",
    "search.h": "search",
    "premis.h": "exports",
    "pandoc_filter.h": "pipeline",
    "rapporteur.h": "pipeline",
    "rapporteur_c.h": "pipeline",
    "batch.h": "batch",
}
# (stage, public header): recognition speaks in the words of the report (section types, field kinds), not in its tree.
EXTRA = {("recognition", "report.h")}
# Start of an include -> the stages that may name it.
CONFINED = {
    "libxml/": {"xml", "readers"},
    "pcre2": {"grammar"},
    "toml++/": {"grammar"},
    "sqlite3.h": {"batch", "search"},
    "toml.hpp": {"grammar"},
    "md4c": {"readers", "tools"},
    "zip.h": {"readers"},
    "uchardet": {"readers"},
    "CLI/": {"tools"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def stages(root):
    text = (root / "parser/CMakeLists.txt").read_text(encoding="utf-8")
    seen = {}
    for name, sees in re.findall(r"^stage\((\w+)(?:\s+SEES([\w\s]*?))?(?:\s+LINKS[^)]*)?\)", text, re.M):
        seen[name] = set(sees.split())
        unknown = seen[name] - set(seen)
        if unknown:
            sys.exit(f"parser/CMakeLists.txt: stage {name} sees {', '.join(sorted(unknown))}, which stand(s) after it")
    return seen


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in {".h", ".cc", ".c", ".inc"})


def fault(stage, header, order):
    """Why `stage` may not include `header`, or None."""
    for start, allowed in CONFINED.items():
        if header.startswith(start) and stage not in allowed:
            return f"only {' and '.join(sorted(allowed))} may use <{start}...>"
    folder, _, rest = header.partition("/")
    if folder == "rapporteur":
        owner = PUBLIC.get(rest)
        if owner is None:
            return f"public header without an owner: add it to PUBLIC in {pathlib.Path(__file__).name}"
        if stage == "tools" or owner == stage or owner in order.get(stage, ()) or (stage, rest) in EXTRA:
            return None
        return f"{stage} does not see {owner}, which the header belongs to"
    if folder in order and rest:
        if stage == "tools":
            return "programs in tools/ use public headers only"
        if folder != stage and folder not in order[stage]:
            return f"{stage} does not see {folder}"
    return None


def check(root):
    order = stages(root)
    faults = []
    places = [(name, root / "parser" / name) for name in order] + [("tools", root / "tools")]
    places += [(owner, root / "parser/include/rapporteur" / header) for header, owner in PUBLIC.items()]
    for stage, place in places:
        for file in [place] if place.is_file() else sources(place):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                found = INCLUDE.match(line)
                why = found and fault(stage, found.group(1), order)
                if why:
                    faults.append(f"{file.relative_to(root)}:{number}: {line.strip()}: {why}")
    return faults


def self_test():
    """A tree with one fault of each kind must be refused, each by its reason, and nothing else."""
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        files = {
            "parser/CMakeLists.txt": "stage(text LINKS x)\nstage(grammar SEES text LINKS y)\nstage(model SEES text)\n"
                                     "stage(xml SEES text model LINKS z)\n",
            "parser/text/a.cc": '#include "text/a.h"\n#include "model/tree.h"\n',
            "parser/grammar/a.cc": '#include <toml++/toml.h>\n#include "rapporteur/report.h"\n',
            "parser/model/a.cc": "#include <pcre2.h>\n#include \"rapporteur/report.h\"\n#include <vector>\n",
            "parser/xml/a.cc": '#include <libxml/tree.h>\n#include "model/tree.h"\n#include "rapporteur/new.h"\n',
            "tools/main.cc": '#include "rapporteur/report.h"\n#include "xml/writer.h"\n',
        }
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        got = [fault.split(": ", 1)[0] for fault in check(root)]
        expected = ["parser/text/a.cc:2", "parser/grammar/a.cc:2", "parser/model/a.cc:1", "parser/xml/a.cc:3", "tools/main.cc:2"]
        if got != expected:
            sys.exit(f"self-test: expected faults at {expected}, got {got}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        self_test()
    else:
        found = check(pathlib.Path(sys.argv[1]).resolve())
        print("\n".join(found) or "includes run one way")
        sys.exit(1 if found else 0)
