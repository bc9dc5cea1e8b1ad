// Stage exports: outline of a report as table or as an indented tree.
//
// Both come from one list of rows, gathered by one visit of the tree and put in the order of the source (furniture
// and referenced annexes are kept apart in the tree, but stand somewhere).

#include "exports/outline.h"

#include <algorithm>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "exports/facts.h"
#include "model/walk.h"
#include "text/labels.h"

namespace rapporteur {

namespace {

struct OutlineRow {
  const char* kind = "";
  std::string label, agenda, text;
  std::uint32_t line = 0;
  std::uint32_t position = 0;
  std::size_t depth = 0;
  std::string remark;  ///< for people only
};

std::string first_points(std::string text, std::size_t count) {
  std::size_t at = 0;
  while (at < text.size() && count > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    --count;
  }
  text.resize(at);
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

/// Words as printed: the label of a list's item stands before them, where one is printed.
struct WordsAsPrinted {
  static constexpr std::size_t points = 60, bytes_enough = 4 * points + 64;
  std::string words;

  void operator()(const ListItem& item) { add(item.num); }
  void operator()(const Inlines& run) { add(plain_text(run)); }

 private:
  void add(std::string_view text) {
    if (words.size() > bytes_enough || text.empty()) return;
    words += text;
    words += ' ';
  }
};

std::string first_words(const Blocks& blocks) {
  constexpr std::size_t points = WordsAsPrinted::points;
  WordsAsPrinted visitor;
  walk(blocks, visitor);
  std::string& words = visitor.words;
  return first_points(fold_blanks(words), points);
}

/// The section's own number; empty where what is printed is only the agenda's ("AGENDA ITEM 1:").
std::string own_number(const Section& section) {
  const bool agenda_only = !section.agenda_item.empty() && section.n == section.agenda_item &&
                           !same_label(normalise_label(plain_text(section.num)), section.n);
  return agenda_only ? std::string() : std::string(section.n);
}

/// Gathers the rows of a tree. Called for every node, outer ones first.
class Gatherer {
 public:
  explicit Gatherer(const Report& report) : x_has_lines(report.source_info.converter.empty()) {}

  void gather(const Report& report) {
    header(report.header);
    blocks(report.body, 0);
    blocks(report.closing, 0);
    for (const Annex& annex : report.annexes) add_annex(annex, 0);
    for (const Note& note : report.notes) blocks(note.children, 0);
    for (const Fragment& fragment : report.furniture)
      if (fragment.kind != FurnitureKind::other || fragment.at.line > 0) add("furniture", {}, {}, plain_text(fragment.text), fragment.at, 0);
  }

  std::vector<OutlineRow> sorted() {
    std::stable_sort(x_rows.begin(), x_rows.end(), [](const OutlineRow& a, const OutlineRow& b) { return a.position < b.position; });
    return std::move(x_rows);
  }

 private:
  void add(const char* kind, std::string label, std::string agenda, std::string_view text, const Provenance& at, std::size_t depth,
           std::string remark = {}) {
    x_rows.push_back({kind, std::move(label), std::move(agenda), fold_blanks(text), x_has_lines ? at.line : 0, at.span.begin, depth,
                         std::move(remark)});
  }

  static const HeaderField* first(const std::vector<HeaderField>& fields, FieldKind kind) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const HeaderField& f) { return f.kind == kind; });
    return found == fields.end() ? nullptr : &*found;
  }

  /// As printed; where the field was read out of another one's words, what was read.
  static std::string words_of(const HeaderField& field) {
    const bool place = field.kind == FieldKind::venue && !field.normalized.empty();
    std::string words = place ? field.normalized : plain_text(field.text);
    return words.empty() ? field.normalized : words;
  }

  void header(const std::vector<HeaderField>& fields) {
    for (const HeaderField& field : fields) walk_refs(field.text, 0);
    const auto issuer = std::find_if(fields.begin(), fields.end(),
                                     [](const HeaderField& f) { return f.kind == FieldKind::organization && f.role == "issuer"; });
    const HeaderField* organization = issuer != fields.end() ? &*issuer : first(fields, FieldKind::organization);
    if (organization != nullptr) add("organization", {}, {}, words_of(*organization), organization->at, 0);
    if (const auto* field = first(fields, FieldKind::docNumber)) add("symbol", {}, {}, plain_text(field->text), field->at, 0);
    if (const auto* field = date(fields))
      add("date", field->to.empty() || field->to == field->when ? field->when : field->when + "/" + field->to, {}, words_of(*field), field->at, 0);
    title(fields);
    if (const auto* field = first(fields, FieldKind::venue)) add("place", {}, {}, words_of(*field), field->at, 0);
  }

  /// The document's date; where none is printed (or none that could be read), that of the meeting.
  static const HeaderField* date(const std::vector<HeaderField>& fields) {
    const HeaderField* document = first(fields, FieldKind::docDate);
    const HeaderField* meeting = first(fields, FieldKind::meetingDate);
    if (document == nullptr || (document->when.empty() && meeting != nullptr)) return meeting;
    return document;
  }

  void title(const std::vector<HeaderField>& fields) {
    const bool has_title = first(fields, FieldKind::docTitle) != nullptr;
    const HeaderField* start = first(fields, has_title ? FieldKind::docTitle : FieldKind::docType);
    if (start == nullptr) return;
    std::string words;
    for (const HeaderField& field : fields)
      if (field.kind == start->kind) words += plain_text(field.text) + " ";
    add("title", {}, {}, words, start->at, 0);
  }

  void walk_refs(const Inlines& run, std::size_t depth) {
    walk_inlines(run, [&](const Ref& ref) {
      if (ref.type != RefType::annex && ref.type != RefType::appendix) return;
      add("annexref", normalise_annex_label(ref.printed_label), {}, plain_text(ref.children), ref.at, depth,
          ref.status == RefStatus::resolved ? "" : "not attached");
    });
  }

  void blocks(const Blocks& list, std::size_t depth) {
    for (const Block& block : list) {
      if (const auto* section = block.as<Section>()) add_section(*section, depth);
      else if (const auto* agenda = block.as<Contents>(); agenda && agenda->type == ContentsType::agenda && !agenda->heading.empty())
        add("section", {}, {}, plain_text(agenda->heading), agenda->at, depth);  // the heading of a listed agenda; its items are none
      else if (const auto* paragraph = block.as<Paragraph>()) add_paragraph(*paragraph, depth);
      else walk(std::span<const Block>(&block, 1), [&](const Inlines& run) { walk_refs(run, depth); });
    }
  }

  void add_section(const Section& section, std::size_t depth) {
    add("section", own_number(section), std::string(section.agenda_item), plain_text(section.heading), section.at, depth);
    for (const Inlines* part : {&section.num, &section.heading, &section.mark}) walk_refs(*part, depth + 1);
    blocks(section.children, depth + 1);
  }

  void add_paragraph(const Paragraph& paragraph, std::size_t depth) {
    if (!paragraph.n.empty()) add("paragraph", paragraph.n, {}, first_words(paragraph.children), paragraph.at, depth);
    blocks(paragraph.children, depth + 1);
  }

  void add_annex(const Annex& annex, std::size_t depth) {
    if (annex.presence == Presence::included) add("annex", annex.n, {}, plain_text(annex.heading), annex.at, depth);
    for (const Inlines* part : {&annex.num, &annex.heading}) walk_refs(*part, depth + 1);
    blocks(annex.children, depth + 1);
    for (const Annex& inner : annex.annexes) add_annex(inner, depth + 1);
  }

  bool x_has_lines;
  std::vector<OutlineRow> x_rows;
};

std::vector<OutlineRow> rows(const Report& report) {
  Gatherer gatherer(report);
  gatherer.gather(report);
  return gatherer.sorted();
}

/// Label and agenda item as people write them: "III (item 3)", "item 3".
std::string head_of(const OutlineRow& record) {
  if (record.agenda.empty()) return record.label;
  return record.label.empty() ? "item " + record.agenda : record.label + " (item " + record.agenda + ")";
}

}  // namespace

std::string outline_tsv(const Report& report) {
  std::string out;
  for (const OutlineRow& r : rows(report))
    fmt::format_to(std::back_inserter(out), "{}\t{}\t{}\t{}\t{}\n", r.kind, fold_blanks(r.label), fold_blanks(r.agenda), r.text, r.line);
  return out;
}

std::string outline_text(const Report& report) {
  std::string out;
  for (const OutlineRow& r : rows(report)) {
    const std::string line = r.line == 0 ? "" : std::to_string(r.line);
    const std::string head = head_of(r);
    fmt::format_to(std::back_inserter(out), "{:>6}  {:<12}  {:{}}{}{}{}{}\n", line, r.kind, "", 2 * r.depth, printable(head),
                   head.empty() ? "" : "  ", printable(r.text), r.remark.empty() ? "" : " (" + r.remark + ")");
  }
  return out;
}

}  // namespace rapporteur
