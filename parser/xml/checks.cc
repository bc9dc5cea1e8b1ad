// Stage xml: the checks. They look at the walk's events, so that they see exactly what is written: one pass to collect,
// a short second one over the references.

#include "xml/checks.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <unordered_map>

#include <fmt/format.h>

#include "text/labels.h"
#include "xml/walk.h"

namespace rapporteur {

namespace {

using std::string_view;

bool is(const char* a, string_view b) { return a == b; }

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
  for (std::size_t at = 0; (at = printed.find_first_of(figures, at)) != string_view::npos;) {
    const std::size_t end = std::min(printed.find_first_not_of(figures, at), printed.size());
    if (printed.substr(at, end - at) == figure) return true;
    at = end;
  }
  return false;
}

/// Printed numbers come as figures, letters, Roman figures or words. Only figures can be compared without knowing the
/// language: what is printed must then hold the figures of `n`.
bool numbers_agree(string_view n, string_view printed) {
  if (normalise_label(printed) == n) return true;  // "(1O)" is 10: letters that scanning made of figures are mended there
  if (n.find_first_of(figures) == string_view::npos || printed.find_first_of(figures) == string_view::npos) return true;
  if (n.find_first_not_of(figures) == string_view::npos) return prints_figure(printed, n);
  return bare(printed).find(bare(n)) != std::string::npos;
}

/// Which elements a reference of each type may point at.
bool right_kind(string_view type, string_view element) {
  if (type == "annex" || type == "appendix") return element == "annex";
  if (type == "paragraph") return element == "paragraph" || element == "item";
  if (type == "agendaItem") return element == "section";
  if (type == "footnote") return element == "note";
  return true;
}

/// One element as the checks see it, while it is open.
struct Seen {
  const char* name = "";
  std::string id, n, type, status, target, after;
  std::string num;       ///< the text of its <num>
  Span span;
  std::uint32_t line = 0;
  void reset(const char* element, std::uint32_t parent_line) {
    name = element;
    for (std::string* field : {&id, &n, &type, &status, &target, &after, &num}) field->clear();
    span = {};
    line = parent_line;
  }
};

/// A place that must exist, checked when all ids are known.
struct Pointer {
  std::string from, type, target, element;
  std::uint32_t line;
};

class CheckSink final : public xml::Sink {
 public:
  explicit CheckSink(const Report& report)
      : x_report(report), x_size(report.source ? static_cast<std::uint32_t>(report.source->text().size()) : 0) {}

  void open(const xml::Element& element) override {
    settle();
    if (x_open.size() <= x_depth) x_open.resize(x_depth + 16);
    x_open[x_depth].reset(element.name, x_depth == 0 ? 0 : x_open[x_depth - 1].line);
    ++x_depth;
    x_fresh = true;
  }
  void attribute(const char* name, string_view value) override;
  void position(const char* name, std::uint32_t value) override {
    Seen& e = x_open[x_depth - 1];
    if (is(name, "line")) e.line = value;
    else if (is(name, "offset")) e.span.begin = value;
    else if (is(name, "length")) e.span.end = e.span.begin + value;
  }
  void text(string_view text) override {
    settle();
    for (std::size_t i = x_depth; i-- > 1;)  // <num> may hold <strong>
      if (is(x_open[i].name, "num")) x_open[i - 1].num.append(text);
  }
  void close() override {
    settle();
    const Seen& e = x_open[x_depth - 1];
    if (!e.n.empty() && !e.num.empty() && !numbers_agree(e.n, e.num))
      say(e, "X304", fmt::format("<{}> is number {}, but what is printed is \"{}\"", e.name, e.n, e.num), "see which of the two is right",
          Severity::warning);
    --x_depth;
  }
  Diagnostics finish();

 private:
  void settle();
  void settle_reference(const Seen& e);
  void date(const char* name, string_view value);
  void say(const Seen& e, std::string code, std::string message, std::string help, Severity severity = Severity::error) {
    say(e.line, e.id, std::move(code), std::move(message), std::move(help), severity);
  }
  void say(std::uint32_t line, const std::string& id, std::string code, std::string message, std::string help,
           Severity severity = Severity::error);

  const Report& x_report;
  const std::uint32_t x_size;  ///< of the source's text; 0 unknown
  std::vector<Seen> x_open;    ///< the first x_depth are open; the others keep their storage
  std::size_t x_depth = 0;
  bool x_fresh = false;        ///< the innermost element has only just been opened
  std::unordered_map<std::string, const char*> x_ids;
  std::vector<Pointer> x_pointers;
  Diagnostics x_said;
};

void CheckSink::say(std::uint32_t line, const std::string& id, std::string code, std::string message, std::string help,
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

void CheckSink::date(const char* name, string_view value) {
  if (is_real_date(value)) return;
  const Seen& e = x_open[x_depth - 1];
  say(e, "D301", fmt::format("{} in `{}` of <{}> is no date of the calendar", value, name, e.name),
      "see what is printed: the report may be wrong, or the day and month were taken for each other", Severity::warning);
}

void CheckSink::attribute(const char* name, string_view value) {
  Seen& e = x_open[x_depth - 1];
  switch (*name) {
    case 'i': if (is(name, "id")) e.id = value; break;
    case 'n': if (is(name, "n")) e.n = value; break;
    case 's': if (is(name, "status")) e.status = value; break;
    case 'a': if (is(name, "after")) e.after = value; break;
    case 'w': if (is(name, "when")) date(name, value); break;
    case 'f': if (is(name, "from")) date(name, value); break;
    case 't':
      if (is(name, "type")) e.type = value;
      else if (is(name, "target")) e.target = value;
      else if (is(name, "to")) date(name, value);
      break;
    default: break;
  }
}

/// All attributes of the innermost element are known.
void CheckSink::settle() {
  if (!x_fresh) return;
  x_fresh = false;
  const Seen& e = x_open[x_depth - 1];
  if (!e.id.empty() && !x_ids.try_emplace(e.id, e.name).second)
    say(e, "X303", fmt::format("the id \"{}\" is given to more than one element", e.id), "each element needs an id of its own");
  if (x_size != 0 && e.span.end > x_size)
    say(e, "X305", fmt::format("<{}> says that it ends at byte {} of a source of {} bytes", e.name, e.span.end, x_size), {});
  if (is(e.name, "ref")) settle_reference(e);
  else if (is(e.name, "fnref") && !e.target.empty()) x_pointers.push_back({e.id, "footnote", e.target, e.name, e.line});
  else if (is(e.name, "diagnostic") && !e.target.empty()) x_pointers.push_back({e.id, "", e.target, e.name, e.line});
  else if (!e.after.empty()) x_pointers.push_back({e.id, "", e.after, e.name, e.line});
}

void CheckSink::settle_reference(const Seen& e) {
  const bool resolved = e.status == "resolved";
  if (resolved && e.target.empty())
    say(e, "X301", fmt::format("a reference of type {} is said to be resolved and has no target", e.type), {});
  else if (!resolved && !e.target.empty())
    say(e, "X301", fmt::format("a reference of type {} has the target \"{}\" and is said to be {}", e.type, e.target, e.status), {});
  if (!e.target.empty()) x_pointers.push_back({e.id, e.type, e.target, e.name, e.line});
}

Diagnostics CheckSink::finish() {
  for (const Pointer& p : x_pointers) {
    const auto found = x_ids.find(p.target);
    const char* code = p.type.empty() ? "X306" : "X302";
    if (found == x_ids.end())
      say(p.line, p.from, code, fmt::format("<{}> points at \"{}\", but nothing in the report has that id", p.element, p.target), {});
    else if (!right_kind(p.type, found->second))
      say(p.line, p.from, code, fmt::format("a reference of type {} points at \"{}\", which is a <{}>", p.type, p.target, found->second), {});
  }
  return std::move(x_said);
}

}  // namespace

bool is_real_date(string_view iso) {
  if (iso.size() < 7) return iso.size() == 4;
  const unsigned year = value_of(iso.substr(0, 4)), month = value_of(iso.substr(5, 2));
  if (month < 1 || month > 12) return false;
  if (iso.size() < 10) return iso.size() == 7;
  const unsigned day = value_of(iso.substr(8, 2));
  return iso.size() == 10 && day >= 1 && day <= days_of_month(year, month);
}

Diagnostics check_report(const Report& report) {
  CheckSink sink(report);
  xml::walk(report, sink);
  return sink.finish();
}

Diagnostics check_coverage(const Report& report, LetterCount source) {
  source.take(report);
  Diagnostics said;
  const auto tell = [&](const char* code, std::uint64_t count, int sign, const char* words) {
    if (count == 0) return;
    Diagnostic d;
    d.severity = Severity::error;
    d.code = code;
    d.file = report.source_info.name;
    d.message = fmt::format("{} letter{} of {}: {}", count, count == 1 ? "" : "s", words, source.name_some(sign, 5));
    d.help = "this is a fault of the program: please report it with the document";
    said.push_back(std::move(d));
  };
  tell("C101", source.surplus(), 1, "the source are not in the report");
  tell("C102", source.deficit(), -1, "the report are not in the source");
  return said;
}

}  // namespace rapporteur
