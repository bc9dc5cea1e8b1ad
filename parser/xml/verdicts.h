// Stage xml: what libxml2 said of the parts that documents are made of, remembered.
//
// By this schema a document is valid when four things hold of every element: its attributes are good, each child may
// stand where it stands, text may stand in it, and it may end where it ends. Documents ask the same few hundred such
// questions again and again. libxml2 answers each once, by validating a document made for the question; a document of
// which every question has been answered well is valid, and libxml2 need not see it. Why the answers add up to what it
// would say of the whole: docs/decisions/xml-writing-and-validation.md.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "xml/id_table.h"
#include "xml/sink.h"

namespace rapporteur {
class Schema;
}

namespace rapporteur::xml {

/// The answers. Grows with every question that is new; used by one thread at a time.
class Verdicts {
 public:
  explicit Verdicts(const Schema& schema);
  ~Verdicts();

  static constexpr int bad = -2;  ///< no: or no answer that could be remembered

  /// How far the content of an element has come. All that is to follow depends on this alone.
  int content_of(Tag parent) { return x_contents[index(parent)]; }
  /// The content after one more child; `bad` where the child may not stand there.
  int after_child(int content, Tag child) {
    const int next = x_states[static_cast<std::size_t>(content)].next[index(child)];
    return next != unasked ? next : ask_child(content, child);
  }
  bool may_end(int content) {
    const Answer answer = x_states[static_cast<std::size_t>(content)].end;
    return (answer != Answer::unasked ? answer : ask_end(content)) == Answer::good;
  }
  bool may_hold_text(Tag parent, bool visible) {
    const Answer answer = x_texts[visible][index(parent)];
    return (answer != Answer::unasked ? answer : ask_text(parent, visible)) == Answer::good;
  }

  /// The attributes of an element, one after another, in the order of the walk.
  int attributes_of(Tag element) const { return static_cast<int>(index(element)); }
  int after_attribute(int attributes, Attribute attribute, std::string_view value);
  bool good_attributes(int attributes) {
    const Answer answer = x_attributes[static_cast<std::size_t>(attributes)].answer;
    return (answer != Answer::unasked ? answer : ask_attributes(attributes)) == Answer::good;
  }

  std::size_t questions() const { return x_questions; }

 private:
  enum class Answer : std::uint8_t { unasked, good, bad };
  static constexpr int unasked = -1;
  static std::size_t index(Tag tag) { return static_cast<std::size_t>(tag); }

  struct State {
    std::array<std::int16_t, tag_count> next;
    std::vector<Tag> children;  ///< a content that comes this far
    Tag parent;
    std::uint8_t heads = 0;     ///< which of <num>, <heading> and <mark> it has: they may come in several orders
    Answer end = Answer::unasked;
  };
  struct Attributes {
    int before;         ///< without the last one
    std::uint16_t key;  ///< the last one and the form of its value
    Tag element;
    Answer answer = Answer::unasked;
    std::vector<std::pair<std::uint16_t, int>> next;
  };
  class Oracle;

  int add_state(Tag parent, std::vector<Tag> children, std::uint8_t heads);
  void show(const State& state);
  int ask_child(int content, Tag child);
  Answer ask_end(int content);
  Answer ask_text(Tag parent, bool visible);
  Answer ask_attributes(int attributes);
  int form_of(Attribute attribute, std::string_view value);
  std::string sample(std::uint16_t key) const;

  std::unique_ptr<Oracle> x_oracle;
  std::vector<State> x_states;
  std::array<int, tag_count> x_contents;
  std::array<std::array<Answer, tag_count>, 2> x_texts{};
  std::vector<Attributes> x_attributes;  ///< the first tag_count: none yet, of each element
  std::array<std::vector<std::string>, attribute_count> x_exact;  ///< values seen of attributes of Kind::exact
  std::size_t x_questions = 0;
};

/// Hears a document and judges it by what is remembered.
class Judge final : public Sink {
 public:
  explicit Judge(const Schema& schema) : x_verdicts(schema) {}

  void begin() {
    x_depth = 0;
    x_sure = true;
    x_fresh = false;
    x_ids.clear();
    x_targets.clear();
  }
  /// Whether the document that was heard is valid for certain. If not, it may be, and libxml2 has to see it.
  bool sure();

  void open(Tag tag) override {
    if (!settle()) return;
    if (x_depth > 0) {
      int& content = x_open[x_depth - 1].content;
      content = x_verdicts.after_child(content, tag);
      if (content < 0) return give_up();
    }
    if (x_depth == x_open.size()) x_open.resize(x_depth + 16);
    x_open[x_depth++] = {x_verdicts.content_of(tag), tag};
    x_attributes = x_verdicts.attributes_of(tag);
    x_fresh = true;
  }
  void attribute(Attribute attribute, std::string_view value) override {
    figure(attribute, value);
    if (!x_sure) return;
    if (attribute == Attribute::id && !x_ids.insert(value, x_open[x_depth - 1].tag)) give_up();
    if (attribute == Attribute::target && points()) x_targets.push_back(value);
  }
  void figure(Attribute attribute, std::string_view value) override {
    if (!x_sure) return;
    x_attributes = x_verdicts.after_attribute(x_attributes, attribute, value);
    if (x_attributes < 0) give_up();
  }
  void position(Attribute, std::uint32_t) override {}
  void text(std::string_view text) override {
    if (text.empty() || !settle()) return;
    const bool visible = static_cast<unsigned char>(text.front()) > ' ' || text.find_first_not_of(" \t\r\n") != std::string_view::npos;
    if (!x_verdicts.may_hold_text(x_open[x_depth - 1].tag, visible)) give_up();
  }
  void close() override {
    if (!settle()) return;
    if (!x_verdicts.may_end(x_open[--x_depth].content)) give_up();
  }

  const Verdicts& verdicts() const { return x_verdicts; }

 private:
  struct Open {
    int content = 0;
    Tag tag{};
  };

  bool points() const { return x_open[x_depth - 1].tag == Tag::ref || x_open[x_depth - 1].tag == Tag::fnref; }
  void give_up() { x_sure = false; }
  /// Judges the attributes of the element just opened. False where the judge has given up.
  bool settle() {
    if (x_fresh && x_sure) {
      x_fresh = false;
      x_sure = x_verdicts.good_attributes(x_attributes);
    }
    return x_sure;
  }

  Verdicts x_verdicts;
  std::vector<Open> x_open;  ///< the first x_depth are open
  std::size_t x_depth = 0;
  int x_attributes = 0;
  bool x_sure = false, x_fresh = false;
  IdTable x_ids;
  std::vector<std::string_view> x_targets;
};

}  // namespace rapporteur::xml
