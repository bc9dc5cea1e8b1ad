// Stage xml: the checks. They look at the walk's events, so that they see exactly what is written.

#include "xml/checks.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "text/labels.h"
#include "xml/check_sink.h"
#include "xml/walk.h"

namespace rapporteur {

namespace {

using std::string_view;
using xml::Attribute;
using xml::Tag;
using xml::name_of;

unsigned value_of(string_view digits) {
  unsigned value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

unsigned days_of_month(unsigned year, unsigned month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// Letters and digits of a number, lower case, without what stands between them: "6.(a)" is "6a".
std::string bare(string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) out += c;
    else if (c >= 'A' && c <= 'Z') out += static_cast<char>(c | 0x20);
  }
  return out;
}

constexpr string_view figures = "0123456789";

/// Whether one of the figures printed is this one: "8" is in "(8)" and in "Item 8/2", not in "18".
bool prints_figure(string_view printed, string_view figure) {
  const auto is_figure = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0, end = 0; at < printed.size(); at = std::max(end, at + 1)) {
    for (end = at; end < printed.size() && is_figure(printed[end]);) ++end;
    if (end > at && printed.substr(at, end - at) == figure) return true;
  }
  return false;
}

/// Printed numbers come as figures, letters, Roman figures or words. Only figures can be compared without knowing the
/// language: what is printed must then hold the figures of `n`.
bool numbers_agree(string_view n, string_view printed) {
  if (prints_figure(printed, n)) return true;
  if (n.find_first_of(figures) == string_view::npos || printed.find_first_of(figures) == string_view::npos) return true;
  if (n.find_first_not_of(figures) != string_view::npos && bare(printed).find(bare(n)) != std::string::npos) return true;
  return normalise_label(printed) == n;  // "(1O)" is 10: letters that scanning made of figures are mended there
}

/// Which elements a reference of each type may point at.
bool right_kind(string_view type, Tag element) {
  if (type == "annex" || type == "appendix") return element == Tag::annex;
  if (type == "paragraph") return element == Tag::paragraph || element == Tag::item;
  if (type == "agendaItem") return element == Tag::section;
  if (type == "footnote") return element == Tag::note;
  return true;
}

}  // namespace

void CheckSink::say(std::uint32_t line, string_view id, std::string code, std::string message, std::string help,
                    Severity severity) {
  Diagnostic d;
  d.severity = severity;
  d.code = std::move(code);
  d.message = std::move(message);
  d.help = std::move(help);
  d.file = x_report.source_info.name;
  if (line != 0) d.place = {line, 1};
  d.target = id;
  x_said.push_back(std::move(d));
}

void CheckSink::date(Attribute attribute, string_view value) {
  if (is_real_date(value)) return;
  const Open& e = x_open[x_depth - 1];
  say(e, "D301", fmt::format("{} in `{}` of <{}> is no date of the calendar", value, name_of(attribute), name_of(e.tag)),
      "see what is printed: the report may be wrong, or the day and month were taken for each other", Severity::warning);
}

void CheckSink::look_at_attributes() {
  const Open& e = x_open[x_depth - 1];
  const string_view target = told(told_target, x_target);
  if ((x_told & told_id) != 0 && !e.id.empty() && !x_ids.insert(e.id, e.tag))
    say(e, "X303", fmt::format("the id \"{}\" is given to more than one element", e.id), "each element needs an id of its own");
  if ((x_told & told_span) != 0)
    say(e, "X305", fmt::format("<{}> says that it ends at byte {} of a source of {} bytes", name_of(e.tag), x_end, x_size), {});
  if (e.tag == Tag::ref) look_at_reference(e);
  else if (e.tag == Tag::fnref && !target.empty()) x_pointers.push_back({e.id, "footnote", target, e.tag, e.line});
  else if (e.tag == Tag::diagnostic && !target.empty()) x_pointers.push_back({e.id, "", target, e.tag, e.line});
  else if ((x_told & told_after) != 0) x_pointers.push_back({e.id, "", x_after, e.tag, e.line});
  x_told = 0;
}

void CheckSink::look_at_reference(const Open& e) {
  const string_view target = told(told_target, x_target), status = told(told_status, x_status);
  const bool resolved = status == "resolved";
  if (resolved && target.empty())
    say(e, "X301", fmt::format("a reference of type {} is said to be resolved and has no target", x_type), {});
  else if (!resolved && !target.empty())
    say(e, "X301", fmt::format("a reference of type {} has the target \"{}\" and is said to be {}", x_type, target, status), {});
  if (!target.empty()) x_pointers.push_back({e.id, x_type, target, e.tag, e.line});
}

void CheckSink::add_to_num(string_view text) {
  if (x_num.empty()) {
    x_num = text;
    return;
  }
  if (x_num.data() != x_joined.data()) x_joined = x_num;
  x_num = x_joined.append(text);
}

/// Of a <num> that ends: is it the number of the element that it stands in?
void CheckSink::compare_numbers() {
  x_num_depth = 0;
  if (x_depth < 2) return;
  const Open& e = x_open[x_depth - 2];
  if (e.n.empty() || x_num.empty() || numbers_agree(e.n, x_num)) return;
  say(e, "X304", fmt::format("<{}> is number {}, but what is printed is \"{}\"", name_of(e.tag), e.n, x_num), "see which of the two is right",
      Severity::warning);
}

Diagnostics CheckSink::finish() {
  for (const Pointer& p : x_pointers) {
    const Tag* found = x_ids.find(p.target);
    const char* code = p.type.empty() ? "X306" : "X302";
    if (found == nullptr)
      say(p.line, p.from, code, fmt::format("<{}> points at \"{}\", but nothing in the report has that id", name_of(p.element), p.target), {});
    else if (!right_kind(p.type, *found))
      say(p.line, p.from, code, fmt::format("a reference of type {} points at \"{}\", which is a <{}>", p.type, p.target, name_of(*found)), {});
  }
  return std::move(x_said);
}

bool is_real_date(string_view iso) {
  if (iso.size() < 7) return iso.size() == 4;
  const unsigned year = value_of(iso.substr(0, 4)), month = value_of(iso.substr(5, 2));
  if (month < 1 || month > 12) return false;
  if (iso.size() < 10) return iso.size() == 7;
  const unsigned day = value_of(iso.substr(8, 2));
  return iso.size() == 10 && day >= 1 && day <= days_of_month(year, month);
}

Diagnostics uncovered(const Report& report, const LetterCount& left) {
  Diagnostics said;
  const auto tell = [&](const char* code, std::uint64_t count, int sign, const char* words) {
    if (count == 0) return;
    Diagnostic d;
    d.severity = Severity::error;
    d.code = code;
    d.file = report.source_info.name;
    d.message = fmt::format("{} letter{} of {}: {}", count, count == 1 ? "" : "s", words, left.name_some(sign, 5));
    d.help = "this is a fault of the program: please report it with the document";
    said.push_back(std::move(d));
  };
  tell("C101", left.surplus(), 1, "the source are not in the report");
  tell("C102", left.deficit(), -1, "the report are not in the source");
  return said;
}

Diagnostics check_report(const Report& report) {
  CheckSink sink(report);
  xml::walk(report, sink);
  return sink.finish();
}

Diagnostics check_coverage(const Report& report, Coverage source) {
  CoverageSink sink(source);
  xml::walk(report, sink);
  return uncovered(report, source.rest());
}

}  // namespace rapporteur
