// Stage exports: plain text.
//
// It is laid out so that a reader, and this program too, finds in it what the report's own layout said: headings stand
// behind hashes; what stood on adjacent lines stands so again, and what had a blank line before it has one; a number
// without a sign behind it, and columns, keep their gap.

#include "exports/readable_text.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "exports/facts.h"

namespace rapporteur {

namespace {

class TextWriter {
 public:
  TextWriter(std::string& out, const std::vector<Fragment>& furniture) : x_out(out) {
    for (const Fragment& fragment : furniture)
      for (std::uint32_t line = fragment.at.line; line != 0 && line <= std::max(fragment.at.line, fragment.at.end_line); ++line) x_furniture.insert(line);
  }

  void header(const std::vector<HeaderField>& fields) {
    for (const HeaderField& field : fields) {
      const bool beside = field.at.line != 0 && field.at.line == x_last_line;  // two fields of one line: "Arvon, 14 May 2019"
      const std::string words = lines_of(field.text);
      if (beside && !words.empty()) (x_out += column(field.kind, words) ? gap : " ") += words;
      else part(is_heading(field, words) ? "# " + words : words, &field.at);
      if (!words.empty()) x_last_line = std::max(field.at.line, field.at.end_line);
      x_titled = x_titled || (field.kind == FieldKind::docTitle && !words.empty());
    }
  }
  /// Whether it is the title, and on one line as headings of Markdown are.
  bool is_heading(const HeaderField& field, std::string_view words) const {
    return field.kind == FieldKind::docTitle && !x_titled && !words.empty() && words.find('\n') == std::string_view::npos;
  }
  /// Whether a field that stands beside another is a column of its own: a date goes on where a place ends, a sign where
  /// words do.
  static bool column(FieldKind kind, std::string_view words) {
    const bool goes_on = kind == FieldKind::docDate || kind == FieldKind::meetingDate || kind == FieldKind::venue;
    return !goes_on && static_cast<unsigned char>(words.front()) >= 'A';
  }
  void blocks(const Blocks& children) {
    for (const Block& child : children) child.visit([this](const auto& block) { put(block); });
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
  static constexpr const char* gap = "    ";

  /// A part of the text on lines of its own. What leads (a number) stands before its words. `at`: where it stood, if known.
  void part(std::string_view words, const Provenance* at = nullptr) {
    if (words.empty()) return;
    if (!x_out.empty()) x_out += adjacent(at) ? "\n" : "\n\n";
    x_out.append(2 * std::max(x_depth, 1u) - 2, ' ');
    if (!x_lead.empty()) (x_out += x_lead) += ends_in_sign(x_lead) ? " " : gap;
    x_lead.clear();
    x_out += words;
    x_last_line = at == nullptr ? 0 : std::max(at->line, at->end_line);
  }
  /// Whether nothing but furniture lay between what was written last and this; where lines are not known, whether both
  /// belong to one table or list.
  bool adjacent(const Provenance* at) const {
    const std::uint32_t line = at == nullptr ? 0 : at->line;
    if (line == 0 || x_last_line == 0) return x_tight;
    if (line <= x_last_line) return false;
    for (std::uint32_t between = x_last_line + 1; between < line; ++between)
      if (x_furniture.count(between) == 0) return false;
    return true;
  }
  static bool ends_in_sign(std::string_view number) { return std::string_view(".:)]-#*•–—").find(number.back()) != std::string_view::npos; }

  void flush_lead() {
    if (x_lead.empty()) return;
    const std::string lead = std::move(x_lead);
    x_lead.clear();
    part(lead);
  }

  /// Words with blanks folded, but for the gaps between columns; a line break stays one.
  static std::string lines_of(const Inlines& text) {
    std::string out;
    Inlines line;
    const auto end_line = [&] {
      const std::string words = columns_of(plain_text(line));
      if (!out.empty() && !words.empty()) out += '\n';
      out += words;
      line.clear();
    };
    for (const Inline& inline_part : text) {
      if (inline_part.as<LineBreak>()) end_line();
      else line.push_back(inline_part);
    }
    end_line();
    return out;
  }

  static std::string columns_of(const std::string& printed) {
    constexpr std::string_view wide = "    ";
    std::string out;
    for (std::size_t begin = 0; begin <= printed.size();) {
      const std::size_t end = std::min(printed.find(wide, begin), printed.size());
      const std::string words = fold_blanks(std::string_view(printed).substr(begin, end - begin));
      if (!out.empty() && !words.empty()) out += gap;
      out += words;
      begin = std::max(printed.find_first_not_of(' ', end), end + 1);
      if (end == printed.size()) break;
    }
    return out;
  }

  void put(const TextBlock& b) { part(lines_of(b.text), &b.at); }
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
    ++x_level;
    if (x_titled || !names_itself(num)) x_lead = hashes();
    if (!num.empty()) words = words.empty() ? num : num + (ends_in_sign(num) ? " " : gap) + words;
    part(words);
    flush_lead();
    blocks(b.children);
    --x_level;
  }
  /// "Item 6", "TOP 3:": a number that says of what it is one. Where the report has no title, a mark before it would make
  /// a title of it, and it needs none.
  static bool names_itself(std::string_view num) { return num.find(' ') != std::string_view::npos && static_cast<unsigned char>(num.front()) >= 'A'; }
  /// The mark of a heading, as Markdown has it and text that is written for people often too.
  std::string hashes() const { return std::string(std::min(x_level + 1, 6u), '#'); }

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

  void member(const PartyName& party) { part(columns_of(plain_text(party.text)), &party.at); }
  void member(const TextBlock& text) { part(columns_of(plain_text(text.text)), &text.at); }
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
  std::unordered_set<std::uint32_t> x_furniture;  ///< lines of the source
  std::uint32_t x_last_line = 0;  ///< of the source: where what was written last ended; 0: unknown
  std::string x_lead;    ///< a number that waits for its words
  unsigned x_depth = 0;
  unsigned x_level = 0;  ///< of sections within each other
  bool x_titled = false;
  bool x_tight = false;  ///< lines of one table or list of names stand together
};

}  // namespace

std::string readable_text(const Report& report) {
  std::string out;
  TextWriter writer(out, report.furniture);
  writer.header(report.header);
  writer.blocks(report.body);
  writer.blocks(report.closing);
  writer.annexes(report.annexes);
  writer.notes(report.notes);
  return out += '\n';
}

}  // namespace rapporteur
