// Stage xml: what libxml2 says of the parts that documents are made of, asked when the program is built.
//
// By this schema a document is valid when four things hold of every element: its attributes are good, each child may
// stand where it stands, text may stand in it, and it may end where it ends. There are some hundred thousand such questions.
// The build has libxml2 answer all of them (xml/embed), and the program carries the answers; a document of which every
// question is answered well is valid, and libxml2 need not see it, nor compile the schema. Why the answers add up to what
// it would say of the whole: docs/decisions/xml-writing-and-validation.md.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "xml/forms.h"
#include "xml/id_table.h"
#include "xml/sink.h"

namespace rapporteur::xml {

/// All answers. A content is how far an element's content has come: all that is to follow depends on this alone.
struct Verdicts {
  static constexpr std::int16_t bad = -1;
  using Row = std::array<std::int16_t, tag_count>;
  /// Values of an attribute of Kind::exact that are good in an element: words[first] and so on.
  struct Exact {
    std::uint16_t first = 0, count = 0;
    bool operator==(const Exact&) const = default;
  };
  static_assert(attribute_count <= 64, "a bit each");

  Row first_content{};                        ///< of each element, when it opens
  std::span<const Row> next_content;          ///< of each content: the one after a child, or `bad`
  std::span<const std::uint8_t> may_end;      ///< of each content
  std::array<std::uint8_t, tag_count> text{}; ///< of each element: bit 0, blanks may stand in it; bit 1, words
  std::array<std::uint64_t, tag_count> required{};  ///< of each element: attributes that it must have, a bit each
  /// Of each element and attribute: the forms of values that are good, a bit each; of Kind::exact, which of `exact`.
  std::array<std::array<std::uint16_t, attribute_count>, tag_count> values{};
  std::span<const Exact> exact;               ///< the first: none is good
  std::span<const std::string_view> words;

  /// `plain`: the value is known to be printable ASCII.
  bool good_value(Tag element, Attribute attribute, std::string_view value, bool plain = false) const {
    const std::uint16_t good = values[static_cast<std::size_t>(element)][static_cast<std::size_t>(attribute)];
    const Kind kind = kind_of(attribute);
    if (kind == Kind::exact) return good_word(exact[good], value);
    const bool plain_word = plain && kind == Kind::word && !value.empty() && value.front() > ' ' && value.front() != '\x7F';
    const ValueForm form = plain_word ? ValueForm::of_kind : form_of(kind, value);
    return form != ValueForm::no_form && (good >> static_cast<int>(form) & 1) != 0;
  }

 private:
  bool good_word(Exact list, std::string_view value) const {
    for (const std::string_view word : words.subspan(list.first, list.count))
      if (word == value) return true;
    return false;
  }
};

/// The answers by the published schema. Written by the build.
const Verdicts& verdicts_of_report();

/// Hears a document and judges it by the answers.
class Judge final : public Sink {
 public:
  explicit Judge(const Verdicts& answers = verdicts_of_report()) : x_verdicts(answers) {}

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
      std::int16_t& content = x_open[x_depth - 1].content;
      content = x_verdicts.next_content[static_cast<std::size_t>(content)][index(tag)];
      if (content < 0) return give_up();
    }
    if (x_depth == x_open.size()) x_open.resize(x_depth + 16);
    x_open[x_depth++] = {x_verdicts.first_content[index(tag)], tag};
    x_missing = x_verdicts.required[index(tag)];
    x_fresh = true;
  }
  void attribute(Attribute attribute, std::string_view value) override {
    figure(attribute, value);
    if (!x_sure) return;
    if (attribute == Attribute::id && !x_ids.insert(value, x_open[x_depth - 1].tag)) give_up();
    if (attribute == Attribute::target && points()) x_targets.push_back(value);
  }
  void figure(Attribute attribute, std::string_view value) override { this->value(attribute, value, false); }
  /// An attribute of which identity is looked at by someone else.
  void value(Attribute attribute, std::string_view value, bool plain) {
    if (!x_sure) return;
    x_missing &= ~(std::uint64_t{1} << static_cast<int>(attribute));
    if (!x_verdicts.good_value(x_open[x_depth - 1].tag, attribute, value, plain)) give_up();
  }
  void position(const Position& at) override {
    if (!at.rule.empty()) value(Attribute::rule, at.rule, false);
  }
  void text(std::string_view text) override {
    if (text.empty() || !settle()) return;
    const bool visible = static_cast<unsigned char>(text.front()) > ' ' || text.find_first_not_of(" \t\r\n") != std::string_view::npos;
    if ((x_verdicts.text[index(x_open[x_depth - 1].tag)] >> int{visible} & 1) == 0) give_up();
  }
  void close() override {
    if (!settle()) return;
    if (x_verdicts.may_end[static_cast<std::size_t>(x_open[--x_depth].content)] == 0) give_up();
  }

 private:
  struct Open {
    std::int16_t content = 0;
    Tag tag{};
  };

  static std::size_t index(Tag tag) { return static_cast<std::size_t>(tag); }
  bool points() const { return x_open[x_depth - 1].tag == Tag::ref || x_open[x_depth - 1].tag == Tag::fnref; }
  void give_up() { x_sure = false; }
  /// Whether the element just opened has the attributes that it must have. False where the judge has given up.
  bool settle() {
    if (x_fresh && x_sure) {
      x_fresh = false;
      x_sure = x_missing == 0;
    }
    return x_sure;
  }

  const Verdicts& x_verdicts;
  std::vector<Open> x_open;  ///< the first x_depth are open
  std::size_t x_depth = 0;
  std::uint64_t x_missing = 0;  ///< attributes that the element just opened still needs
  bool x_sure = false, x_fresh = false;
  IdTable x_ids;
  std::vector<std::string_view> x_targets;
};

}  // namespace rapporteur::xml
