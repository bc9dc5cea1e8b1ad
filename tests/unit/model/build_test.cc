// The builder: text cases of events and the trees they make, and that no event is ever lost.

#include "model/build.h"

#include <gtest/gtest.h>

#include <random>

#include "model/check.h"
#include "model/dump.h"
#include "model/walk.h"
#include "recognition/pieces.h"
#include "support/event_notation.h"
#include "support/golden.h"
#include "support/root.h"

namespace rapporteur {
namespace {

TEST(BuildReport, Cases) {
  golden::check(project_root() + "/tests/cases/model", [](const std::string& text) {
    notation::Input input = notation::Reader(text).finish();
    const Report report = build_report(input.document, std::move(input.recognised));
    for (const std::string& breach : check_tree(report)) ADD_FAILURE() << breach;
    return dump_report(report);
  });
}

/// All letters of a report's text, sorted: to be compared with those that went in.
std::string letters_of(const Report& report) {
  std::string letters;
  const auto add = [&](std::string_view text) {
    for (const char c : text)
      if (c > ' ') letters += c;
  };
  struct Visitor {
    decltype(add)& say;
    void operator()(const Inlines& run) {
      say(plain_text(run));
      walk_inlines(run, [&](const NoteRef& ref) { say(ref.label); });
    }
    void operator()(const Paragraph& p) { say(p.num); }
    void operator()(const ListItem& i) { say(i.num); }
    void operator()(const Note& n) { say(n.num); }
    void operator()(const Verbatim& v) { say(v.text); }
    void operator()(const Separator& s) { say(s.text); }
    void operator()(const Person& p) { say(p.name), say(p.role), say(p.affiliation); }
  };
  walk_report(report, Visitor{add});
  std::sort(letters.begin(), letters.end());
  return letters;
}

class Random {
 public:
  explicit Random(unsigned seed) : x_engine(seed) {}
  unsigned below(unsigned bound) { return std::uniform_int_distribution<unsigned>(0, bound - 1)(x_engine); }
  bool chance(unsigned in) { return below(in) == 0; }

 private:
  std::mt19937 x_engine;
};

/// A document of random lines and marks, and a list of random events over all of it.
struct Scene {
  Document document;
  Recognised recognised;
  std::string letters;

  explicit Scene(unsigned seed) : x_random(seed) {
    const unsigned count = 1 + x_random.below(60);
    std::string text;
    std::vector<Span> spans;
    for (unsigned i = 0; i < count; ++i) {
      const auto begin = static_cast<std::uint32_t>(text.size());
      for (unsigned k = x_random.below(20); k > 0; --k) text += "abcdefghijklmnopqrstuvwxyzIVX0123456789     ().,"[x_random.below(48)];
      spans.push_back({begin, static_cast<std::uint32_t>(text.size())});
      text += '\n';
    }
    document.source = std::make_shared<const Source>(SourceInfo{}, text);
    for (unsigned i = 0; i < count; ++i) add_line(spans[i], i);
    while (x_line < document.lines.size()) add_event();
    std::sort(letters.begin(), letters.end());
  }

 private:
  void add_line(Span span, unsigned number) {
    Line line;
    line.span = span;
    line.number = number + 1;
    line.content = line.match = document.source->text(span);
    line.content_to_source.set_base(span.begin);
    for (unsigned k = x_random.below(6); k > 0; --k) {
      const unsigned a = x_random.below(span.size() + 1), b = x_random.below(span.size() + 1);
      line.marks.push_back({static_cast<MarkKind>(x_random.below(14)), std::min(a, b), std::max(a, b), x_random.chance(2) ? "x" : "y"});
    }
    std::stable_sort(line.marks.begin(), line.marks.end(), [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
    // a footnote mark takes its words out of the flow, so two over the same words would be no reader's work
    std::erase_if(line.marks, [](const Mark& m) { return m.kind == MarkKind::footnote && m.begin != m.end; });
    for (Mark& mark : line.marks)
      if (mark.kind == MarkKind::footnote) mark.text.clear();
    for (const char c : line.content)
      if (c > ' ') letters += c;
    document.lines.push_back(std::move(line));
  }

  Pieces some_pieces(unsigned most) {
    Pieces made;
    for (unsigned k = x_random.below(most + 1); k > 0 && x_line < document.lines.size(); --k) {
      const auto size = static_cast<std::uint32_t>(document.lines[x_line].content.size());
      const std::uint32_t end = x_from + x_random.below(size - x_from + 1);
      const bool whole = x_random.chance(2) || end == size;
      made.push_back({static_cast<std::uint32_t>(x_line), {x_from, whole ? size : end}, 4, x_random.chance(3), x_random.chance(8)});
      x_from = whole ? 0 : end;
      if (whole) ++x_line;
    }
    return made;
  }

  void add_event() {
    static const char* const kinds[] = {"annexRef", "documentRef", "paragraphRef", "agendaItemRef", "date", "person"};
    static const char* const types[] = {"", "quote", "closing", "agenda", "docTitle", "organization", "agendaItem", "appendix"};
    Event event;
    event.role = static_cast<Role>(x_random.below(19));
    event.depth = static_cast<std::uint8_t>(x_random.below(4));
    event.joins = x_random.chance(3);
    event.type = types[x_random.below(8)];
    if (x_random.chance(3)) event.n = recognised.texts.keep(std::to_string(x_random.below(5)));
    if (x_random.chance(3)) event.agenda = "3";
    event.label = some_pieces(1);
    event.title = some_pieces(x_random.chance(3) ? 2 : 0);
    event.mark = some_pieces(x_random.chance(6) ? 1 : 0);
    event.text = some_pieces(3);
    const std::string joined = joined_text(document, event.title.empty() ? event.text : event.title);
    std::vector<Hit> hits;
    for (std::uint32_t at = 0; at + 1 < joined.size() && x_random.chance(2);) {
      const std::uint32_t begin = at + x_random.below(static_cast<unsigned>(joined.size()) - at);
      const std::uint32_t end = begin + x_random.below(static_cast<unsigned>(joined.size()) - begin + 1);
      Hit hit{kinds[x_random.below(6)], {begin, end}, {}, x_random.chance(2) ? "II" : ""};
      hit.role = recognised.texts.keep(joined.substr(begin, 2));
      hits.push_back(hit);
      at = end;
    }
    event.hits = {recognised.hits.keep(hits), hits.size()};
    recognised.events.push_back(std::move(event));
  }

  Random x_random;
  std::size_t x_line = 0;
  std::uint32_t x_from = 0;
};

TEST(BuildReport, KeepsEveryLetterOfAnyEvents) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    Scene scene(seed);
    const Report report = build_report(scene.document, std::move(scene.recognised));
    ASSERT_EQ(letters_of(report), scene.letters) << "seed " << seed << "\n" << dump_report(report);
    ASSERT_TRUE(check_tree(report).empty()) << "seed " << seed << ": " << check_tree(report)[0];
  }
}

TEST(BuildReport, EmptyDocument) {
  Document document;
  const Report report = build_report(document, {});
  EXPECT_EQ(dump_report(report), "");
}

}  // namespace
}  // namespace rapporteur
