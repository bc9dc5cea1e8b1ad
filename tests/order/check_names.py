#!/usr/bin/env python3
"""Fails where two headers define a type of the same name in the same namespace.

check_names.py ROOT...

The linker would silently keep one of the two (and one of each std::vector of them): memory goes wrong far away from the
cause. With --self-test it must find such a pair in a tree of its own.
"""
import collections
import pathlib
import re
import sys
import tempfile

NAMESPACE = re.compile(r"^namespace ([\w:]*) ?\{|^\}  // namespace")
TYPE = re.compile(r"^(?:struct|class|enum class|enum) (\w+)\b(?!::)[^;]*$")


def definitions(header):
    """(namespace, type, line) of every type defined at the left margin."""
    inside = []
    for number, line in enumerate(header.read_text(encoding="utf-8").splitlines(), 1):
        space = NAMESPACE.match(line)
        if space and space.group(0).startswith("}"):
            inside = inside[:-1]
        elif space:
            inside.append(space.group(1))
        kind = TYPE.match(line)
        if kind:
            yield "::".join(inside), kind.group(1), number


def check(roots):
    found = collections.defaultdict(list)
    for root in roots:
        for header in sorted(pathlib.Path(root).rglob("*.h")):
            for namespace, name, line in definitions(header):
                found[namespace, name].append(f"{header}:{line}")
    return [f"{namespace}::{name} is defined in {' and in '.join(places)}"
            for (namespace, name), places in sorted(found.items()) if len(places) > 1]


def self_test():
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        (root / "a.h").write_text("namespace n {\nstruct Piece {\n};\nstruct Other;\n}  // namespace n\n")
        (root / "b.h").write_text("namespace n {\nstruct Other;\nclass Piece : Base {\n};\nnamespace m {\nstruct Piece { int x; };\n"
                                  "}  // namespace m\n}  // namespace n\n")
        got = check([root])
        if got != [f"n::Piece is defined in {root}/a.h:2 and in {root}/b.h:3"]:
            sys.exit(f"self-test: {got}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        sys.exit(0)
    faults = check(sys.argv[1:])
    print("\n".join(faults) or "every type has one definition")
    sys.exit(1 if faults else 0)
