"""Reports of meetings in every manner that headings, paragraphs, annexes, page furniture and mastheads are printed in, each
with what a reader would find in it: the rows of `rapporteur outline --to tsv`.

The manners are tables of templates: n is a number, N the same in Roman numerals, L a letter, t a title as it is and T in capitals,
I and i the words for an agenda item. A new manner is a new row.
"""
import pathlib
import textwrap
import tomllib

PHRASES = tomllib.loads((pathlib.Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))

# What stands before the text of a paragraph. "\n\n": a line of its own. None: paragraphs have no numbers.
PARAGRAPHS = {
    "7. ": "{n}. ", "7.<tab>": "{n}.\t", "(7) ": "({n}) ", "7) ": "{n}) ", "7    ": "{n}    ", "7 ": "{n} ", "7": "{n}\n\n", "7.": "{n}.\n\n",
    "2.1 ": "{section}.{n} ", "    7.  ": "    {n}.  ", "7 .  ": "{n} .  ", "[7] ": "[{n}] ", "§ 7 ": "§ {n} ",
    "**7.** ": "**{n}.** ", "7\\. ": "{n}\\. ", "none": None,
}

# How a heading is printed, and which of its parts is its label (n, N, L), its agenda item (item), or both.
HEADINGS = {
    "3. TITLE": ("{n}. {T}", "n"), "3. Title": ("{n}. {t}", "n"), "        3.   Title": ("        {n}.   {t}", "n"), "3   Title": ("{n}   {t}", "n"),
    "3.- TITLE": ("{n}.- {T}", "n"), "(3) TITLE": ("({n}) {T}", "n"), "III. TITLE": ("{N}. {T}", "N"), "III - TITLE": ("{N} - {T}", "N"),
    "C. Title": ("{L}. {t}", "L"), "TITLE": ("{T}", ""), "TITLE in the middle": ("{centre}{T}", ""), "Title underlined": ("{t}\n{underline}", ""),
    "**Title** in plain text": ("**{t}**", ""), "Item 3: Title": ("{I} {n}: {t}", "item"), "Item 3. Title": ("{I} {n}. {t}", "item"),
    "ITEM 3 - TITLE": ("{II} {n} - {T}", "item"), "ITEM 3   TITLE": ("{ii} {n}   {T}", "item"), "Item 3 / Title": ("{I} {n}\n{t}", "item"),
    "## Title": ("## {t}", ""), "## 3. Title": ("## {n}. {t}", "n"), "**3. Title**": ("**{n}. {t}**", "n"), "**TITLE**": ("**{T}**", ""),
    "### Item 3: Title": ("### {I} {n}: {t}", "item"), "## **Item 3.** Title": ("## **{i} {n}.** {t}", "item"),
    "III. TITLE (Agenda item 3)": ("{N}. {T} {mark}", "N+item"), "III. TITLE / (Agenda item 3)": ("{centre}{N}.  {T}\n{mark_centre}{mark}", "N+item"),
    "TITLE / (Agenda item 3)": ("{T}\n\n{mark}", "item"), "## C. Title (Agenda item 3)": ("## {L}. {t} {mark}", "L+item"),
}

ANNEXES = {
    "Annex I / Title": "{word} {label}\n\n{t}", "Annex I - Title": "{word} {label} - {t}", "Annex I: Title": "{word} {label}: {t}", "Annex I. Title": "{word} {label}. {t}",
    "ANNEX I – Title": "{WORD} {label} – {t}", 'Annex "A" / Title': '{word} "{label}"\n\n{t}', "ANNEX I right above its title": "{WORD} {label}\n{t}",
    "ANNEX in the middle": "{centre}{WORD} {label}\n\n{centre}{T}", "ANNEX without a label": "{WORD}\n\n{t}",
    "# Annex I / ## Title": "# {word} {label}\n\n## {t}", "**Annex I: Title**": "**{word} {label}: {t}**",
}

FURNITURE = {"none": None, "- 2 -": ["{centre}- {n} -"], "2": ["{centre}{n}"], "Page 2": ["{page} {n}"], "symbol, Page 2": ["{symbol}", "{page} {n}"],
             "running header, 2": ["{running}", "{n}"], "2    running header": ["{n}        {running}"]}

# Lines of the masthead: o organisation, s symbol, t title, p place, d date; P both place and date.
MASTHEADS = {
    "one below the other": "{o}\n\n{s}\n\n{t}\n\n{p}\n\n{d}", "in the middle": "{s}\n\n{centre}{o}\n\n{centre}{t}\n\n{centre}{P}", "in brackets": "{o}\n\n{t}\n\n({P})",
    "symbol last": "{o}\n\n{t}\n\n{P}\n\n{s}", "title over two lines": "{centre}{o}\n\n{wrapped}\n\n{centre}{P}",
    "Markdown": "**{o}**\n\n{s}\n\n# {t}\n\n{P}", "bold and italic": "**{o}**\n\n**{t}**\n\n*{P}*",
}

# A line of the list of contents: w the word and label of an annex, or the label of a heading; t its title; n its page.
CONTENTS = {"none": None, "dots": "{w} {t} {dots} {n}", "a wide gap": "{w} {t}        {n}", "no pages": "{w} {t}", "Markdown list": "- {w} {t}"}

MANNERS = {"language": PHRASES, "paragraphs": PARAGRAPHS, "headings": HEADINGS, "annexes": ANNEXES, "furniture": FURNITURE, "masthead": MASTHEADS,
           "length": ("short", "long"), "lines": ("wrapped", "whole"), "agenda": ("not listed", "listed"), "contents": CONTENTS,
           "text of annexes": ("a list", "numbered", "prose")}

# What cannot be told apart by anybody: numbers of headings and paragraphs that look the same.
_LIKE_NUMBERS = {"7. ", "7.<tab>", "    7.  ", "7.", "**7.** ", "7\\. ", "7 .  ", "7    ", "7 ", "7"}
_LIKE_HEADINGS = {"3. Title", "3   Title", "        3.   Title"}
_SYLLABLES = ("ka", "lo", "mi", "ru", "te", "so", "vi", "na", "dor", "hel", "bran")
_MARKDOWN = ("# ", "**", "\\.")
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII")
_WIDTH = 68
_A_PAGE = 1500  # letters


def draw(chance):
    """A manner of each kind; no two that nobody could tell apart."""
    manner = {kind: chance.choice(list(of)) for kind, of in MANNERS.items()}
    if manner["paragraphs"] in _LIKE_NUMBERS and manner["headings"] in _LIKE_HEADINGS:
        manner["headings"] = "3. TITLE"
    if manner["paragraphs"] == "2.1 " and HEADINGS[manner["headings"]][1] != "n":
        manner["headings"] = "3. TITLE"
    others = (PARAGRAPHS[manner["paragraphs"]] or "", ANNEXES[manner["annexes"]], MASTHEADS[manner["masthead"]])
    if manner["headings"] == "**Title** in plain text" and any(mark in template for template in others for mark in _MARKDOWN):
        manner["headings"] = "**TITLE**"
    if manner["paragraphs"] == "(7) " and manner["headings"] == "(3) TITLE":
        manner["headings"] = "III. TITLE"
    return manner


class Report:
    """One report: `text`, `rows` (kind, label, agenda item, text, line), and whether it is Markdown."""

    def __init__(self, chance, manner):
        self.chance, self.manner = chance, manner
        self.words = PHRASES[manner["language"]]
        self.lines, self.rows = [], []
        self.number, self.page, self.page_begins = 0, 1, 0
        templates = [PARAGRAPHS[manner["paragraphs"]] or "", HEADINGS[manner["headings"]][0], ANNEXES[manner["annexes"]], MASTHEADS[manner["masthead"]]]
        self.markdown = any(mark in template for template in templates for mark in _MARKDOWN) and manner["headings"] != "**Title** in plain text"
        self.symbol = f"NLC/{chance.randint(2, 30)}/{chance.randint(2, 90)}"
        self.annex = chance.choice(self.words["annexes"])
        self.labels = chance.choice((("I", "II", "III"), ("1", "2", "3"), ("A", "B", "C"))) if manner["annexes"] != "ANNEX without a label" else ("", "", "")
        if manner["annexes"] == 'Annex "A" / Title':
            self.labels = ("A", "B", "C")
        self.masthead()
        self.body()
        self.text = "\n".join(self.lines) + "\n"

    def put(self, text):
        """Adds lines; returns the number of the first."""
        first = len(self.lines) + 1
        self.lines += text.split("\n")
        return first

    def row(self, kind, label, agenda, text, line):
        self.rows.append((kind, label, agenda, text, str(line)))

    @staticmethod
    def centre(text):
        return " " * max(0, (_WIDTH + 2 - len(text)) // 2)

    def masthead(self):
        title, (date, iso) = self.chance.choice(self.words["titles"]), self.chance.choice(self.words["dates"])
        both = f"{self.words['place']}, {date}"
        middle = title.rfind(" ", 0, len(title) // 2)
        parts = {"o": self.words["organization"], "s": self.symbol, "t": title, "p": self.words["place"], "d": date, "P": both}
        for line in MASTHEADS[self.manner["masthead"]].split("\n"):
            if "{wrapped}" in line:
                at = self.put("\n".join(self.centre(half) + half for half in (title[:middle], title[middle + 1:])))
                self.row("title", "", "", title, at)
                continue
            printed = line.format(centre="", **parts)
            at = self.put(self.centre(printed) + printed if "{centre}" in line else printed)
            for mark, kind in (("{o}", "organization"), ("{s}", "symbol"), ("{t}", "title")):
                if mark in line:
                    self.row(kind, "", "", parts[mark[1]], at)
            if "{p}" in line or "{P}" in line:
                self.row("place", "", "", self.words["place"], at)
            if "{d}" in line or "{P}" in line:
                self.row("date", iso, "", date, at)
        self.put("\n")

    def page_is_full(self, more=()):
        return FURNITURE[self.manner["furniture"]] is not None and sum(map(len, [*self.lines, *more])) - self.page_begins >= _A_PAGE

    def furniture(self):
        lines = FURNITURE[self.manner["furniture"]]
        if not self.page_is_full():
            return
        length = sum(map(len, self.lines))
        self.page_begins, self.page = length, self.page + 1
        for template in lines:
            printed = template.format(centre="", n=self.page, page=self.words["page"], symbol=self.symbol, running=self.words["organization"].title())
            self.row("furniture", "", "", printed, self.put(self.centre(printed) + printed if "{centre}" in template else printed))
        self.put("")

    def heading(self, n, title):
        template, labelled = HEADINGS[self.manner["headings"]]
        small, large = self.words["items"]
        if "{T}" in template:
            title_printed = title.upper()
        else:
            title_printed = title
        mark = self.words["mark"].format(n)
        printed = template.format(mark=mark, mark_centre=self.centre(mark), n=n, N=_ROMAN[n], L="ABCDEFG"[n - 1], t=title, T=title.upper(), I=large, i=small, II=large.upper(), ii=small.upper(),
                                  underline="-" * len(title), centre=self.centre(title))
        label = {"n": str(n), "N": _ROMAN[n], "L": "ABCDEFG"[n - 1]}.get(labelled.removesuffix("+item"), "")
        self.row("section", label, str(n) if labelled.endswith("item") else "", title_printed, self.put(printed))
        self.put("")

    def told_apart(self, text):
        """The same sentence twice would be a running header: some words that no other has, at its end."""
        words = ("".join(self.chance.choice(_SYLLABLES) for _ in range(self.chance.randint(2, 3))) for _ in range(self.chance.randint(1, 3)))
        return f"{text[:-1]} ({', '.join(words)}){text[-1]}"

    def paragraph(self, section, n, text, reference=None):
        """`reference`: an annex that the text names, as it is printed, and its label."""
        template = PARAGRAPHS[self.manner["paragraphs"]]
        self.number += 1
        number = n if "{section}" in (template or "") else self.number
        before = (template or "").format(n=number, section=section)
        first = None
        if before.endswith("\n\n"):
            first, before = self.put(before[:-1]), ""
        lines = [before + text]
        if self.manner["lines"] == "wrapped":
            lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
            lines[0] = before + lines[0]
        broken = len(lines) > 2 and self.page_is_full(lines)
        at = self.put("\n".join(lines[:2] if broken else lines))
        if broken:  # the page ends in the middle of the sentence
            self.put("")
            self.furniture()
            rest = self.put("\n".join(lines[2:]))
        self.put("")
        if template is not None:
            self.row("paragraph", f"{section}.{number}" if "{section}" in template else str(number), "", text[:60], first or at)
        if reference:
            printed, label = reference
            word = printed.split()[0]
            for k, line in enumerate(lines):
                if printed in line or (word in line and printed in line + " " + "".join(lines[k + 1:k + 2])):
                    self.row("annexref", label, "", printed, at + k if not broken or k < 2 else rest + k - 2)
                    break

    def some_text(self, naming=0.25):
        """Text for a paragraph, and the annex that it names, if it names one, which is so often."""
        if self.chance.random() < naming:
            label = self.chance.choice(self.labels)
            word = {"lower": self.annex.lower(), "title": self.annex.capitalize()}.get(self.words["annex_in_text"], self.words["annex_in_text"])
            named = f"{word} {label}".strip()
            return self.told_apart(self.chance.choice(self.words["references"]).format(named)), (named, label)
        if self.manner["length"] == "long":
            return " ".join(self.told_apart(s) for s in self.chance.sample(self.words["sentences"], self.chance.randint(2, 5))), None
        return self.told_apart(self.chance.choice(self.words["sentences"])), None

    def body(self):
        count = self.chance.choice((4, 5, 6))
        headings = self.words["headings"][:count - 1] + self.words["headings"][-1:]
        annexes = self.chance.choice((0, 2, 3)) if self.labels[0] else self.chance.choice((0, 1))
        annexed = list(zip(self.labels, self.words["annex_titles"]))[:annexes]
        self.contents(headings, annexed)
        if self.manner["agenda"] == "listed" and self.manner["paragraphs"] not in ("2.1 ", "none"):
            self.paragraph(1, 1, self.words["agenda_begins"])
            self.put("\n".join(f"    {n}. {title}" for n, title in enumerate(headings, 1)) + "\n")
        for n, title in enumerate(headings, 1):
            self.heading(n, title)
            paragraphs = self.chance.choice((1, 2, 3, 4))
            for k in range(1, paragraphs + 1):
                self.paragraph(n, k, *self.some_text())
                if self.chance.random() < 0.2:
                    self.furniture()
            if self.chance.random() < 0.25 and self.manner["paragraphs"] != "none":
                self.paragraph(n, paragraphs + 1, self.words["list_begins"])
                self.put("\n".join(f"({letter}) {item}" for letter, item in zip("abc", self.words["list_items"])) + "\n")
            self.furniture()
        for label, title in annexed:
            self.annexed(label, title)

    def contents(self, headings, annexes):
        template, labelled = CONTENTS[self.manner["contents"]], HEADINGS[self.manner["headings"]][1]
        if template is None:
            return
        self.put(self.words["contents"] + "\n")
        entries = [({"n": f"{n}.", "N": f"{_ROMAN[n]}.", "L": f"{'ABCDEFG'[n - 1]}.", "item": f"{self.words['items'][1]} {n}:"}.get(labelled.removesuffix("+item"), ""), title)
                   for n, title in enumerate(headings, 1)]
        entries += [(f"{self.annex} {label}".strip(), title) for label, title in annexes]
        for n, (label, title) in enumerate(entries):
            self.put(template.format(w=label, t=title, n=n // 2 + 1, dots="." * max(3, 60 - len(label) - len(title))).strip())
        self.put("\n")

    def annexed(self, label, title):
        template, at = ANNEXES[self.manner["annexes"]], None
        for line in template.split("\n"):
            printed = line.format(centre="", word=self.annex, WORD=self.annex.upper(), label=label, t=title, T=title.upper())
            here = self.put(self.centre(printed) + printed if "{centre}" in line else printed)
            at = at or here
        self.row("annex", label, "", title.upper() if "{T}" in template else title, at)
        self.put("")
        if self.manner["text of annexes"] == "a list":
            self.put("\n".join(f"- {item}" for item in self.chance.sample(self.words["list_items"], 2)) + "\n")
        else:
            template, self.number = PARAGRAPHS[self.manner["paragraphs"]], 0
            for n in range(1, 4):
                text, _ = self.some_text(0)
                if self.manner["text of annexes"] == "prose" or not template or "{section}" in template:
                    self.put(text + "\n")
                else:
                    self.paragraph(1, n, text)
        self.furniture()
