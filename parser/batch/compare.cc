// Stage batch: how the structure of one report differs between two XML documents, so that an edit of a grammar can be
// judged by what it does to an archive.
//
// A report is flattened to items (a paragraph, a section, an annex, a reference, a field of the header) and the items
// that are alike are taken off both sides: first those that agree in all, then by their words, then by their labels.

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "batch/verdict.h"
#include "rapporteur/batch.h"
#include "xml/read.h"

namespace rapporteur {

namespace {

/// A part of a report that people name.
struct Item {
  std::string kind, label, words, parent;
  bool matched = false;
};

std::string folded(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

constexpr const char* field_names[] = {"organization", "body", "document number", "document type", "title", "date", "session", "venue", "meeting date", "distribution", "line"};
constexpr const char* ref_names[] = {"annex", "appendix", "document", "paragraph", "agenda item", "footnote"};
constexpr const char* status_names[] = {"resolved", "unresolved", "ambiguous", "external"};

class Flattening {
 public:
  explicit Flattening(const Report& report) {
    for (const HeaderField& field : report.header) {
      add("header", field_names[static_cast<std::size_t>(field.kind)], folded(plain_text(field.text)));
      inlines(field.text);
    }
    blocks(report.body);
    blocks(report.closing);
    annexes(report.annexes);
    for (const Note& note : report.notes) {
      add("note", note.n, words_of(note.children));
      inside(true, [&] { blocks(note.children); });
    }
    for (const Fragment& fragment : report.furniture) add("furniture", "", folded(plain_text(fragment.text)));
  }

  std::vector<Item> items;

 private:
  std::size_t add(std::string kind, std::string label, std::string words) {
    items.push_back({std::move(kind), std::move(label), std::move(words), x_parent});
    return items.size() - 1;
  }

  void inlines(const Inlines& all) {
    for (const Inline& one : all) one.visit([this](const auto& value) { in(value); });
  }
  template <typename Value>
  void in(const Value& value) {
    if constexpr (requires { value.status; }) reference(value);
    if constexpr (requires { value.children; }) inlines(value.children);
  }
  void reference(const Ref& ref) {
    add("reference", std::string(ref_names[static_cast<std::size_t>(ref.type)]).append(" ").append(ref.normalized), status_names[static_cast<std::size_t>(ref.status)]);
  }

  /// All words of blocks, in order.
  static std::string words_of(const Blocks& all) {
    std::string out;
    for (const Block& block : all) {
      const auto put = [&out](const std::string& words) { out += (out.empty() || words.empty() ? "" : " ") + words; };
      if (const auto* text = block.as<TextBlock>()) put(folded(plain_text(text->text)));
      else if (const auto* list = block.as<List>())
        for (const ListItem& item : list->items) put(folded(std::string(item.num))), put(words_of(item.children));
      else if (const auto* quote = block.as<Quote>()) put(words_of(quote->children));
      else if (const auto* table = block.as<Table>()) put(words_of(*table));
      else if (const auto* verbatim = block.as<Verbatim>()) put(folded(std::string(verbatim->text)));
    }
    return out;
  }
  static std::string words_of(const Table& table) {
    std::string out;
    for (const Row& row : table.rows)
      for (const Cell& cell : row.cells) out += folded(plain_text(cell.text)) + " | ";
    return out;
  }

  /// Goes through what stands in an item. Where the words of that are `told` with it, only what it refers to is still to be told.
  template <typename Visit>
  void inside(bool told, Visit visit) {
    const bool before = std::exchange(x_told, told);
    visit();
    x_told = before;
  }

  void blocks(const Blocks& all) {
    for (const Block& block : all) block.visit([this](const auto& value) { at(value); });
  }
  void within(const std::string& name, const std::function<void()>& inside) {
    const std::string before = x_parent;
    x_parent += "/" + name;
    inside();
    x_parent = before;
  }
  void items_of(const std::vector<ListItem>& list) {
    for (const ListItem& item : list) blocks(item.children);
  }

  void at(const TextBlock& text) {
    if (!x_told) add("text", "", folded(plain_text(text.text)));
    inlines(text.text);
  }
  void at(const Paragraph& paragraph) {
    add("paragraph", paragraph.n, words_of(paragraph.children));
    inside(true, [&] { blocks(paragraph.children); });
  }
  void at(const Section& section) {
    const std::string label = section.agenda_item.empty() ? std::string(section.n) : std::string("agenda item ").append(section.agenda_item);
    add("section", label, folded(plain_text(section.heading)));
    within(label.empty() ? folded(plain_text(section.heading)) : label, [&] {
      inlines(section.heading);
      inside(false, [&] { blocks(section.children); });
    });
  }
  void at(const Contents& contents) {
    add("contents", contents.type == ContentsType::agenda ? "agenda" : "table of contents", std::to_string(contents.items.size()) + " items");
    inside(true, [&] { items_of(contents.items); });
  }
  void at(const List& list) { items_of(list.items); }
  void at(const Table& table) {
    if (!x_told) add("table", "", std::to_string(table.rows.size()) + " rows: " + words_of(table));
    for (const Row& row : table.rows)
      for (const Cell& cell : row.cells) inlines(cell.text);
  }
  void at(const Participants& participants) { add("participants", "", std::to_string(participants.members.size()) + " entries"); }
  void at(const Quote& quote) { blocks(quote.children); }
  void at(const Verbatim& verbatim) {
    if (!x_told) add("text", "", folded(std::string(verbatim.text)));
  }
  void at(const Separator&) {}

  void annexes(const std::vector<Annex>& all) {
    for (const Annex& annex : all) {
      add("annex", annex.n, (annex.presence == Presence::included ? "" : "not in the file ") + folded(plain_text(annex.heading)));
      within("annex " + annex.n, [&] {
        inlines(annex.heading);
        blocks(annex.children);
        annexes(annex.annexes);
      });
    }
  }

  std::string x_parent;
  bool x_told = false;  // the words at hand are those of an item
};

/// "7 \"The Meeting was\"": enough to find it again. `from`: the byte of its words at which there is something to see.
std::string shown(const Item& item, std::size_t from = 0) {
  constexpr std::size_t most = 60;
  const auto at_letter = [&](std::size_t at) {
    while (at > 0 && at < item.words.size() && (static_cast<unsigned char>(item.words[at]) & 0xC0) == 0x80) --at;
    return at;
  };
  const std::size_t begin = from < most * 2 / 3 ? 0 : at_letter(from - most / 3), end = at_letter(begin + most);
  std::string words = item.words.substr(begin, end - begin);
  if (begin > 0) words.insert(0, "...");
  if (end < item.words.size()) words += "...";
  std::string out = item.label;
  if (!words.empty()) out += (out.empty() ? "\"" : " \"") + words + "\"";
  return out;
}

std::string place_of(const Item& item) { return item.parent.empty() ? "/" : item.parent; }

using Key = std::function<std::string(const Item&)>;
using Pair = std::function<void(Item& before, Item& after)>;

/// Pairs items of equal keys, the first with the first.
void match(std::vector<Item>& before, std::vector<Item>& after, const Key& key, const Pair& pair) {
  std::map<std::string, std::vector<Item*>> open;
  for (auto item = before.rbegin(); item != before.rend(); ++item)
    if (!item->matched) open[key(*item)].push_back(&*item);
  for (Item& item : after) {
    if (item.matched) continue;
    const auto found = open.find(key(item));
    if (found == open.end() || found->second.empty()) continue;
    Item& other = *found->second.back();
    found->second.pop_back();
    other.matched = item.matched = true;
    pair(other, item);
  }
}

std::string joined(std::initializer_list<const std::string*> parts) {
  std::string out;
  for (const std::string* part : parts) (out += *part) += '\0';
  return out;
}

/// The same words are the same item. The words of a reference are but its state: what it refers to makes it the same.
std::string by_words(const Item& item) {
  if (item.words.empty()) return joined({&item.kind, &item.label, &item.parent, &item.label});
  return item.kind == "reference" ? joined({&item.kind, &item.label, &item.words}) : joined({&item.kind, &item.words});
}

}  // namespace

Result<std::vector<StructureChange>> compare_xml(std::string_view before, std::string_view after) {
  const auto old_report = read_xml(before), new_report = read_xml(after);
  if (!old_report) return old_report.said();
  if (!new_report) return new_report.said();
  std::vector<Item> from = Flattening(*old_report).items, to = Flattening(*new_report).items;
  std::vector<StructureChange> changes;
  match(from, to, [](const Item& i) { return joined({&i.kind, &i.label, &i.words, &i.parent}); }, [](Item&, Item&) {});
  match(from, to, by_words,
        [&](Item& a, Item& b) {
          if (a.kind == "reference") return;  // where its sentence went is said once, of the paragraph
          if (a.label != b.label) changes.push_back({a.kind, a.kind == "header" ? "changed" : "renumbered", shown(a), shown(b), {}, {}});
          else changes.push_back({a.kind, "moved", shown(a), shown(b), place_of(a), place_of(b)});
        });
  match(from, to, [](const Item& i) { return joined({&i.kind, &i.label, &i.parent}); },
        [&](Item& a, Item& b) {
          const auto differ = std::mismatch(a.words.begin(), a.words.end(), b.words.begin(), b.words.end());
          const auto seen = static_cast<std::size_t>(differ.first - a.words.begin());
          changes.push_back({a.kind, "changed", shown(a, seen), shown(b, seen), {}, {}});
        });
  for (const Item& item : from)
    if (!item.matched) changes.push_back({item.kind, "lost", shown(item), "", {}, {}});
  for (const Item& item : to)
    if (!item.matched) changes.push_back({item.kind, "added", "", shown(item), {}, {}});
  return changes;
}

}  // namespace rapporteur
