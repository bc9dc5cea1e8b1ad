// Stage batch: the report of a run as one page for people: no other file, no network, readable without scripts.

#include <fmt/format.h>

#include "batch/report.h"

namespace rapporteur {

namespace {

constexpr const char* page_head = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Report of a run</title>
<style>
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --ok: #2a7d46; --review: #a86a00; --invalid: #b3261e; --failed: #7a1f6b }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 100rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin: 0 0 .8rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
.totals { display: flex; flex-wrap: wrap; gap: .6rem; margin: 0; padding: 0; list-style: none }
.totals button { font: inherit; color: inherit; background: none; text-align: left; border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; min-width: 6rem; cursor: pointer }
.totals button[aria-pressed=true] { background: var(--soft); border-color: currentColor }
.totals b { display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums }
table { border-collapse: collapse; width: 100% } th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
th { position: sticky; top: 0; background: Canvas; vertical-align: bottom } th button { font: inherit; font-weight: 600; text-align: inherit; border: 0; background: none; padding: 0; cursor: pointer; color: inherit }
th[aria-sort=ascending] button::after { content: " \25B2" } th[aria-sort=descending] button::after { content: " \25BC" }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums } th { font-size: .85em } td:first-child { overflow-wrap: anywhere; min-width: 11rem } td:last-child { min-width: 15rem } td:nth-last-child(2) { font-size: .85em } tr:hover td { background: var(--soft) }
.v { font-weight: 600 } .ok { color: var(--ok) } .review { color: var(--review) } .invalid { color: var(--invalid) } .failed { color: var(--failed) }
code { font-size: .9em } details summary { cursor: pointer } td ul, td ol { margin: 0; padding-left: 1.1rem } input { font: inherit; padding: .3rem .5rem; width: 20rem; max-width: 100% }
@media (prefers-color-scheme: dark) { :root { --ok: #7bd69a; --review: #f2b661; --invalid: #ff8a80; --failed: #e2a3d6 } }
</style></head><body>
)";

// Sorting and finding; numbers by value. The page is complete without it.
constexpr const char* page_end = R"(</tbody></table>
<script>
const body = document.querySelector("#rows tbody"), heads = [...document.querySelectorAll("#rows th")];
const value = (row, i) => { const cell = row.cells[i]; return cell.dataset.v ?? cell.textContent; };
heads.forEach((head, i) => head.querySelector("button").onclick = () => {
  const down = head.getAttribute("aria-sort") === "ascending", number = head.dataset.n !== undefined;
  const rows = [...body.rows].map(r => [value(r, i), r]);
  rows.sort(([a], [b]) => number ? a - b : a < b ? -1 : a > b ? 1 : 0);
  if (down) rows.reverse();
  heads.forEach(h => h.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  body.append(...rows.map(([, r]) => r));
});
const find = document.querySelector("#find"), totals = [...document.querySelectorAll(".totals button")];
const show = () => {
  const words = find.value.toLowerCase().split(/\s+/), wanted = totals.filter(b => b.getAttribute("aria-pressed") === "true").map(b => b.dataset.verdict);
  for (const row of body.rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !(words.every(word => text.includes(word)) && (!wanted.length || wanted.includes(row.cells[1].textContent)));
  }
};
find.oninput = show;
totals.forEach(button => button.onclick = () => { button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true"); show(); });
</script></body></html>
)";

std::string html(const std::string& text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (c == '\'') out += "&#39;";
    else out += c;
  }
  return out;
}

std::string total(const char* kind, std::uint64_t n, const char* what) {
  return fmt::format("<li class=\"{0}\"><button data-verdict={0} aria-pressed=false title=\"show only these\"><b>{1}</b>{2}</button></li>\n", kind, n, what);
}

std::string reasons_of(const RunRow& row) {
  if (row.reasons.empty()) return {};
  std::string items;
  for (const RunReason& reason : row.reasons)
    items += fmt::format("<li>{}{}{}</li>", reason.line ? fmt::format("line {}: ", reason.line) : "",
                         reason.code.empty() ? "" : "<code>" + html(reason.code) + "</code> ", html(reason.text));
  const std::size_t n = row.reasons.size();
  if (n <= 2) return "<ul>" + items + "</ul>";
  return fmt::format("<details><summary>{} reasons, first: {}</summary><ul>{}</ul></details>", n, html(row.reasons.front().text), items);
}

struct Column {
  const char* head;
  const char* manner;  ///< attributes: data-n sorts by number, n stands at the right
};
constexpr Column columns[] = {{"Document", ""}, {"Verdict", " data-n"}, {"Symbol", ""}, {"Paragraphs", " data-n class=n"},
                              {"Agenda items", " data-n class=n"}, {"Annexes", " data-n class=n"}, {"Annex references", " data-n class=n"},
                              {"Doubtful", " data-n class=n"}, {"Grammar", ""}, {"Reasons", " data-n"}};

// Verdicts sort by how much they want to be looked at.
int rank(const std::string& verdict) { return verdict == "failed" ? 0 : verdict == "invalid" ? 1 : verdict == "review" ? 2 : 3; }

std::string row_html(const RunRow& row) {
  const std::string name = html(row.name);
  const std::string shown = row.link.empty() ? name : fmt::format("<a href=\"{}\">{}</a>", html(row.link), name);
  const Counts& c = row.counts;
  return fmt::format("<tr><td>{}</td><td class=\"v {}\" data-v=\"{}\">{}</td><td>{}</td><td class=n>{}</td><td class=n>{}</td><td class=n>{}</td>"
                     "<td class=n>{}</td><td class=n>{}</td><td>{}</td><td data-v=\"{}\">{}</td></tr>\n",
                     shown, row.verdict, rank(row.verdict), row.verdict, html(row.symbol), c.paragraphs, c.agenda_items, c.annexes,
                     c.annex_references, c.doubtful, html(row.grammar), row.reasons.size(), reasons_of(row));
}

std::string groups_html(const char* title, const std::vector<RunGroup>& groups, bool show_what) {
  if (groups.empty()) return {};
  std::string out = fmt::format("<h2>{}</h2>\n<ul>\n", title);
  for (const RunGroup& group : groups) {
    out += "<li>";
    if (show_what) out += "<b>" + html(group.what) + "</b>: ";
    for (std::size_t i = 0; i < group.names.size(); ++i) out += (i ? ", " : "") + html(group.names[i]);
    out += "</li>\n";
  }
  return out + "</ul>\n";
}

}  // namespace

void write_html_report(const RunTotals& totals, const RowVisitor& rows, const Writer& write) {
  const BatchProgress& c = totals.counts;
  std::string out = page_head;
  out += fmt::format("<h1>{} documents</h1>\n<ul class=totals>\n", c.done);
  out += total("ok", c.ok, "ok") + total("review", c.review, "review: a person should look") +
         total("invalid", c.invalid, "invalid: kept in .invalid") + total("failed", c.failed, "failed: no output") + "</ul>\n";
  if (!totals.reasons.empty()) {
    out += "<h2>Most frequent reasons</h2>\n<ol>\n";
    for (const std::string& reason : totals.reasons) out += "<li>" + html(reason) + "</li>\n";
    out += "</ol>\n";
  }
  out += groups_html("The same document more than once", totals.duplicates, false);
  out += groups_html("Versions of one document", totals.versions, true);
  out += "<h2>Documents</h2>\n<p><input id=find type=search placeholder=\"find: a name, a verdict, words\" aria-label=\"find rows\"></p>\n<table id=rows><thead><tr>";
  for (const Column& column : columns) out += fmt::format("<th scope=col{}><button>{}</button></th>", column.manner, column.head);
  write(out += "</tr></thead><tbody>\n");
  rows([&](const RunRow& row) { write(row_html(row)); });
  write(page_end);
}

}  // namespace rapporteur
