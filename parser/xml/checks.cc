// Stage xml: the checks. They look at the walk's events, so that they see exactly what is written: one pass to collect,
// a short second one over the references.

#include "xml/checks.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "text/labels.h"
#include "xml/id_table.h"
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
bool right_kind(string_view type, Tag element) {
  if (type == "annex" || type == "appendix") return element == Tag::annex;
  if (type == "paragraph") return element == Tag::paragraph || element == Tag::item;
  if (type == "agendaItem") return element == Tag::section;
  if (type == "footnote") return element == Tag::note;
  return true;
}

/// One element as the checks see it, while it is open.
struct Seen {
  Tag tag{};
  std::uint32_t line = 0;
  Span span;
  string_view id, n, type, status, target, after;
  string_view num;     ///< the text of its <num>
  std::string joined;  ///< the same where it comes in several pieces
  void reset(Tag element, std::uint32_t parent_line) {
    tag = element;
    line = parent_line;
    span = {};
    id = n = type = status = target = after = num = {};
  }
  void add_num(string_view text) {
    if (num.empty()) {
      num = text;
      return;
    }
    if (num.data() != joined.data()) joined = num;
    num = joined.append(text);
  }
};

/// A place that must exist, checked when all ids are known.
struct Pointer {
  string_view from, type, target;
  Tag element;
  std::uint32_t line;
};

class CheckSink final : public xml::Sink {
 public:
  CheckSink(const Report& report, LetterSink* letters)
      : x_report(report), x_letters(letters), x_size(report.source ? static_cast<std::uint32_t>(report.source->text().size()) : 0) {}

  void open(Tag tag) override {
    if (x_letters) x_letters->open(tag);
    settle();
    if (x_open.size() <= x_depth) x_open.resize(x_depth + 16);
    x_open[x_depth].reset(tag, x_depth == 0 ? 0 : x_open[x_depth - 1].line);
    ++x_depth;
    if (tag == Tag::num) ++x_nums;
    x_fresh = true;
  }
  void attribute(Attribute attribute, string_view value) override;
  void figure(Attribute, string_view) override {}
  void position(Attribute attribute, std::uint32_t value) override {
    Seen& e = x_open[x_depth - 1];
    if (attribute == Attribute::line) e.line = value;
    else if (attribute == Attribute::offset) e.span.begin = value;
    else if (attribute == Attribute::length) e.span.end = e.span.begin + value;
  }
  void text(string_view text) override {
    if (x_letters) x_letters->text(text);
    settle();
    if (x_nums == 0) return;
    for (std::size_t i = x_depth; i-- > 1;)  // <num> may hold <strong>
      if (x_open[i].tag == Tag::num) x_open[i - 1].add_num(text);
  }
  void close() override {
    if (x_letters) x_letters->close();
    settle();
    const Seen& e = x_open[x_depth - 1];
    if (e.tag == Tag::num) --x_nums;
    if (!e.n.empty() && !e.num.empty() && !numbers_agree(e.n, e.num))
      say(e, "X304", fmt::format("<{}> is number {}, but what is printed is \"{}\"", name_of(e.tag), e.n, e.num), "see which of the two is right",
          Severity::warning);
    --x_depth;
  }
  Diagnostics finish();

 private:
  void settle();
  void settle_reference(const Seen& e);
  void date(Attribute attribute, string_view value);
  void say(const Seen& e, std::string code, std::string message, std::string help, Severity severity = Severity::error) {
    say(e.line, e.id, std::move(code), std::move(message), std::move(help), severity);
  }
  void say(std::uint32_t line, string_view id, std::string code, std::string message, std::string help,
           Severity severity = Severity::error);

  const Report& x_report;
  LetterSink* const x_letters;
  const std::uint32_t x_size;  ///< of the source's text; 0 unknown
  std::vector<Seen> x_open;    ///< the first x_depth are open; the others keep their storage
  std::size_t x_depth = 0;
  std::size_t x_nums = 0;      ///< open <num>
  bool x_fresh = false;        ///< the innermost element has only just been opened
  xml::IdTable x_ids;
  std::vector<Pointer> x_pointers;
  Diagnostics x_said;
};

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
  const Seen& e = x_open[x_depth - 1];
  say(e, "D301", fmt::format("{} in `{}` of <{}> is no date of the calendar", value, name_of(attribute), name_of(e.tag)),
      "see what is printed: the report may be wrong, or the day and month were taken for each other", Severity::warning);
}

void CheckSink::attribute(Attribute attribute, string_view value) {
  if (x_letters) x_letters->attribute(attribute, value);
  Seen& e = x_open[x_depth - 1];
  if (attribute == Attribute::id) e.id = value;
  else if (attribute == Attribute::n) e.n = value;
  else if (attribute == Attribute::type) e.type = value;
  else if (attribute == Attribute::status) e.status = value;
  else if (attribute == Attribute::target) e.target = value;
  else if (attribute == Attribute::after) e.after = value;
  else if (attribute == Attribute::when || attribute == Attribute::from || attribute == Attribute::to) date(attribute, value);
}

/// All attributes of the innermost element are known.
void CheckSink::settle() {
  if (!x_fresh) return;
  x_fresh = false;
  const Seen& e = x_open[x_depth - 1];
  if (!e.id.empty() && !x_ids.insert(e.id, e.tag))
    say(e, "X303", fmt::format("the id \"{}\" is given to more than one element", e.id), "each element needs an id of its own");
  if (x_size != 0 && e.span.end > x_size)
    say(e, "X305", fmt::format("<{}> says that it ends at byte {} of a source of {} bytes", name_of(e.tag), e.span.end, x_size), {});
  if (e.tag == Tag::ref) settle_reference(e);
  else if (e.tag == Tag::fnref && !e.target.empty()) x_pointers.push_back({e.id, "footnote", e.target, e.tag, e.line});
  else if (e.tag == Tag::diagnostic && !e.target.empty()) x_pointers.push_back({e.id, "", e.target, e.tag, e.line});
  else if (!e.after.empty()) x_pointers.push_back({e.id, "", e.after, e.tag, e.line});
}

void CheckSink::settle_reference(const Seen& e) {
  const bool resolved = e.status == "resolved";
  if (resolved && e.target.empty())
    say(e, "X301", fmt::format("a reference of type {} is said to be resolved and has no target", e.type), {});
  else if (!resolved && !e.target.empty())
    say(e, "X301", fmt::format("a reference of type {} has the target \"{}\" and is said to be {}", e.type, e.target, e.status), {});
  if (!e.target.empty()) x_pointers.push_back({e.id, e.type, e.target, e.tag, e.line});
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

}  // namespace

bool is_real_date(string_view iso) {
  if (iso.size() < 7) return iso.size() == 4;
  const unsigned year = value_of(iso.substr(0, 4)), month = value_of(iso.substr(5, 2));
  if (month < 1 || month > 12) return false;
  if (iso.size() < 10) return iso.size() == 7;
  const unsigned day = value_of(iso.substr(8, 2));
  return iso.size() == 10 && day >= 1 && day <= days_of_month(year, month);
}

namespace {

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

}  // namespace

Diagnostics check_report(const Report& report) {
  CheckSink sink(report, nullptr);
  xml::walk(report, sink);
  return sink.finish();
}

Diagnostics check_coverage(const Report& report, LetterCount source) {
  source.take(report);
  return uncovered(report, source);
}

Checked check_all(const Report& report, LetterCount source) {
  LetterSink letters(source);
  CheckSink sink(report, &letters);
  xml::walk(report, sink);
  return {sink.finish(), uncovered(report, source)};
}

}  // namespace rapporteur
