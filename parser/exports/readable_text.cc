// Stage exports: plain text.

#include "exports/readable_text.h"

#include <algorithm>
#include <string_view>

#include "exports/facts.h"

namespace rapporteur {

namespace {

class TextWriter {
 public:
  explicit TextWriter(std::string& out) : x_out(out) {}

  void header(const std::vector<HeaderField>& fields) {
    std::uint32_t line = 0;
    for (const HeaderField& field : fields) {
      const std::string words = lines_of(field.text);
      if (line != 0 && line == field.at.line) (x_out += ' ') += words;  // two fields of one line: "Arvon, 14 May 2019"
      else part(words);
      line = std::max(field.at.line, field.at.end_line);
    }
  }
  void blocks(const Blocks& children) {
    for (const Block& child : children) std::visit([this](const auto& block) { put(block); }, child.value);
  }
  void annexes(const std::vector<Annex>& all) {
    for (const Annex& annex : all) {
      if (annex.presence != Presence::included) continue;
      part(lines_of(annex.num));
      part(lines_of(annex.heading));
      blocks(annex.children);
      annexes(annex.annexes);
    }
  }
  void notes(const std::vector<Note>& all) {
    for (const Note& note : all) {
      x_lead = note.num;
      blocks(note.children);
      flush_lead();
    }
  }

 private:
  /// A part of the text of its own, a blank line before it. What leads (a number) stands before its words.
  void part(std::string_view words) {
    if (words.empty()) return;
    if (!x_out.empty()) x_out += x_tight ? "\n" : "\n\n";
    x_out.append(2 * x_depth, ' ');
    if (!x_lead.empty()) (x_out += x_lead) += ' ';
    x_lead.clear();
    x_out += words;
  }
  void flush_lead() {
    if (x_lead.empty()) return;
    const std::string lead = std::move(x_lead);
    x_lead.clear();
    part(lead);
  }

  /// Words with blanks folded; a line break stays one.
  static std::string lines_of(const Inlines& text) {
    std::string out;
    Inlines line;
    const auto end_line = [&] {
      const std::string words = words_of(line);
      if (!out.empty() && !words.empty()) out += '\n';
      out += words;
      line.clear();
    };
    for (const Inline& inline_part : text) {
      if (std::holds_alternative<LineBreak>(inline_part.value)) end_line();
      else line.push_back(inline_part);
    }
    end_line();
    return out;
  }

  /// "TOP 3", "Item 6": a label of words that nothing joins to the heading.
  static bool stands_alone(std::string_view num) {
    return num.find(' ') != std::string_view::npos && std::string_view(".:)-").find(num.back()) == std::string_view::npos;
  }

  void put(const TextBlock& b) { part(lines_of(b.text)); }
  void put(const Paragraph& b) {
    flush_lead();
    x_lead = fold_blanks(b.num.empty() ? b.n + "." : b.num);
    blocks(b.children);
    flush_lead();
  }
  void put(const Section& b) {
    flush_lead();
    x_tight = false;
    const std::string num = words_of(b.num), mark = words_of(b.mark);
    std::string words = words_of(b.heading);
    if (!b.mark_first && !mark.empty()) words += " " + mark;
    if (b.mark_first) part(mark);
    if (stands_alone(num)) part(num);
    else x_lead = num;
    part(words);
    flush_lead();
    blocks(b.children);
  }
  void put(const Contents& b) {
    part(lines_of(b.heading));
    items(b.items);
  }
  void put(const List& b) { items(b.items); }
  void items(const std::vector<ListItem>& all) {
    flush_lead();
    ++x_depth;
    for (const ListItem& item : all) {
      x_lead = fold_blanks(item.num);
      blocks(item.children);
      flush_lead();
      x_tight = true;
    }
    x_tight = false;
    --x_depth;
  }
  void put(const Table& b) {
    part(lines_of(b.caption));
    flush_lead();
    for (const Row& row : b.rows) {
      std::string words;
      for (const Cell& cell : row.cells) {
        if (&cell != &row.cells.front()) words += " | ";
        words += words_of(cell.text);
      }
      part(words);
      x_tight = true;
    }
    x_tight = false;
  }
  void put(const Participants& b) {
    flush_lead();
    ++x_depth;
    for (const auto& member : b.members) {
      std::visit([this](const auto& one) { this->member(one); }, member);
      x_tight = true;
    }
    x_tight = false;
    --x_depth;
  }
  void put(const Quote& b) { blocks(b.children); }
  void put(const Verbatim& b) {
    std::string_view words = b.text;
    while (!words.empty() && words.back() == '\n') words.remove_suffix(1);
    part(words);
  }
  void put(const Separator& b) { part(b.text); }

  void member(const PartyName& party) { part(words_of(party.text)); }
  void member(const TextBlock& text) { part(words_of(text.text)); }
  void member(const Person& person) {
    std::string words = fold_blanks(person.name);
    for (const std::string* more : {&person.role, &person.affiliation})
      if (!more->empty()) words += ", " + fold_blanks(*more);
    part(words);
  }
  void member(const Delegation& delegation) {
    if (delegation.party) member(*delegation.party);
    x_tight = true;
    for (const Person& person : delegation.persons) member(person);
  }

  std::string& x_out;
  std::string x_lead;    ///< a number that waits for its words
  unsigned x_depth = 0;
  bool x_tight = false;  ///< lines of one table or list of names stand together
};

}  // namespace

std::string readable_text(const Report& report) {
  std::string out;
  TextWriter writer(out);
  writer.header(report.header);
  writer.blocks(report.body);
  writer.blocks(report.closing);
  writer.annexes(report.annexes);
  writer.notes(report.notes);
  return out += '\n';
}

}  // namespace rapporteur
