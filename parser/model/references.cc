// Stage model: resolves references to annexes, paragraphs, agenda items and notes of the same report.
//
// An index of what can be pointed at, by kind and label; every reference looks itself up in it, first in its own annex (or
// the body), then elsewhere.

#include "model/references.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "model/ids.h"
#include "model/locator.h"
#include "model/names.h"
#include "model/uri.h"
#include "model/walk.h"
#include "text/labels.h"

namespace rapporteur {

namespace {

std::string folded(std::string_view label) {
  std::string key(label);
  std::erase(key, ' ');
  std::transform(key.begin(), key.end(), key.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return key;
}

/// Key under which "III" and "3" meet; empty where the label is no number.
std::string number_key(std::string_view label) {
  auto value = value_of(label, LabelKind::number);
  if (!value) value = roman_value(label);
  return value ? "#" + std::to_string(*value) : std::string();
}

struct Target {
  std::string id;
  std::uint32_t scope = 0;  ///< 0 body, else 1 + index of the top-level annex
};

/// What can be pointed at, by folded label.
class Index {
 public:
  void add(const std::string& key, std::string_view id, std::uint32_t scope) {
    if (!key.empty()) x_targets[key].push_back({std::string(id), scope});
  }

  /// The targets under the key in this scope; where there are none, those in the body; where there are none, all.
  std::vector<const Target*> find(const std::string& key, std::uint32_t scope) const {
    const auto found = x_targets.find(key);
    if (found == x_targets.end()) return {};
    for (const std::uint32_t wanted : {scope, 0u}) {
      std::vector<const Target*> these;
      for (const Target& target : found->second) {
        if (target.scope == wanted) these.push_back(&target);
        if (these.size() > 1) break;  // ambiguous already
      }
      if (!these.empty()) return these;
    }
    std::vector<const Target*> all;
    for (const Target& target : found->second) {
      all.push_back(&target);
      if (all.size() > 1) break;
    }
    return all;
  }

 private:
  std::unordered_map<std::string, std::vector<Target>> x_targets;
};

/// Paragraphs by number, sections by agenda item.
struct BlockIndex {
  Index paragraphs, items;

  struct Visitor {
    BlockIndex& to;
    std::uint32_t scope;
    void operator()(const Paragraph& p) { to.paragraphs.add(folded(p.n), p.id, scope); }
    void operator()(const Section& s) {
      const bool item = s.type == SectionType::agendaItem || s.type == SectionType::subItem;
      to.items.add(folded(!s.agenda_item.empty() ? s.agenda_item : item ? s.n : std::string()), s.id, scope);
    }
  };
};

AnnexWord word_of(const Ref& ref) { return ref.type == RefType::appendix ? AnnexWord::appendix : AnnexWord::annex; }
AnnexWord class_of(AnnexWord word) { return word == AnnexWord::appendix ? AnnexWord::appendix : AnnexWord::annex; }
std::string annex_key(AnnexWord word, std::string_view label) { return std::string(name_of(class_of(word))) + ":" + folded(label); }

/// "a" and "(a)" mark one note; asterisks have nothing that could be folded.
std::string note_key(std::string_view label) {
  const std::string key = folded(normalise_label(label));
  return key.empty() ? std::string(label) : key;
}

class Resolver {
 public:
  explicit Resolver(Report& report) : x_report(report), x_locator(report) {}

  Diagnostics run() {
    index_annexes(x_report.annexes, 0);
    for (const Note& note : x_report.notes) x_notes[note_key(note.n)].push_back(note.id);
    resolve(x_report.header, 0);
    resolve(x_report.body, 0);
    resolve(x_report.closing, 0);
    for (std::uint32_t i = 0; i < x_report.annexes.size(); ++i) resolve(one_annex(i), i + 1);
    resolve(x_report.notes, 0);
    std::move(x_absent.begin(), x_absent.end(), std::back_inserter(x_report.annexes));
    return std::move(x_said);
  }

 private:
  std::span<Annex> one_annex(std::size_t i) { return std::span<Annex>(x_report.annexes).subspan(i, 1); }

  void index_annexes(const std::vector<Annex>& annexes, std::uint32_t level) {
    for (const Annex& annex : annexes) {
      x_ids.insert(annex.id);
      x_only_annex = ++x_annex_count == 1 ? annex.id : "";
      x_annexes.add(annex_key(annex.word, annex.n), annex.id, level);
      if (const std::string number = number_key(annex.n); !number.empty()) x_annexes.add(annex_key(annex.word, number), annex.id, level);
      index_annexes(annex.annexes, level + 1);
    }
  }

  /// What references to paragraphs and agenda items point at. Made at the first of them: many reports have none.
  const BlockIndex& blocks_indexed() {
    if (x_blocks) return *x_blocks;
    x_blocks.emplace();
    walk(x_report.body, BlockIndex::Visitor{*x_blocks, 0});
    walk(x_report.closing, BlockIndex::Visitor{*x_blocks, 0});
    for (std::uint32_t i = 0; i < x_report.annexes.size(); ++i) walk(one_annex(i), BlockIndex::Visitor{*x_blocks, i + 1});
    return *x_blocks;
  }

  template <typename List>
  void resolve(List&& list, std::uint32_t scope) {
    struct InRun {
      Resolver& self;
      std::uint32_t scope;
      void operator()(Ref& ref) { self.resolve_ref(ref, scope); }
      void operator()(NoteRef& ref) { self.resolve_note(ref); }
    };
    walk(list, [&](Inlines& inlines) {
      mark_foreign(inlines);
      walk_inlines(inlines, InRun{*this, scope});
    });
  }

  void resolve_ref(Ref& ref, std::uint32_t scope) {
    switch (ref.type) {
      case RefType::annex:
      case RefType::appendix: return resolve_annex(ref);
      case RefType::paragraph: return choose(ref, blocks_indexed().paragraphs.find(folded(ref.normalized), scope));
      case RefType::agendaItem: return choose(ref, blocks_indexed().items.find(folded(ref.normalized), scope));
      case RefType::document:
      case RefType::footnote: return;
    }
  }

  static void choose(Ref& ref, const std::vector<const Target*>& found) {
    if (ref.status == RefStatus::external) return;
    if (found.size() != 1) {
      ref.status = found.empty() ? RefStatus::unresolved : RefStatus::ambiguous;
      return;
    }
    ref.status = RefStatus::resolved;
    ref.target = found[0]->id;
  }

  /// What a label means, and what there is to say about it, hangs on the label alone.
  void resolve_annex(Ref& ref) {
    const auto [known, first] = x_resolved.try_emplace(annex_key(word_of(ref), ref.normalized));
    if (first) {
      look_for_annex(ref);
      known->second = {ref.status, ref.target};
    } else std::tie(ref.status, ref.target) = known->second;
  }

  void look_for_annex(Ref& ref) {
    std::vector<const Target*> found = x_annexes.find(annex_key(word_of(ref), ref.normalized), 0);
    const std::string number = number_key(ref.normalized);
    if (found.empty() && !number.empty()) found = x_annexes.find(annex_key(word_of(ref), number), 0);
    if (found.empty() && !ref.normalized.empty()) {  // "annex A" where the heading says "Appendix A"
      const AnnexWord other = word_of(ref) == AnnexWord::appendix ? AnnexWord::annex : AnnexWord::appendix;
      found = x_annexes.find(annex_key(other, ref.normalized), 0);
    }
    const Target only{x_only_annex};
    if (found.empty() && ref.normalized.empty() && !x_only_annex.empty()) found.push_back(&only);
    choose(ref, found);
    if (ref.status == RefStatus::ambiguous) say_once(ref, "A102", "several annexes have the label {}: which is meant is not clear", "give the annex meant by hand");
    if (ref.status == RefStatus::unresolved && !(ref.normalized.empty() && x_annex_count > 1)) cite_absent(ref);
  }

  void cite_absent(const Ref& ref) {
    say_once(ref, "A101", "{} is referred to but not attached", "the report is complete without it only if the annex is kept elsewhere");
    const AnnexWord word = word_of(ref);
    const std::string number = number_key(ref.normalized);
    if (!x_cited.insert(annex_key(word, number.empty() ? std::string_view(ref.normalized) : number)).second) return;
    Annex absent;
    absent.n = ref.normalized;
    absent.word = word;
    absent.presence = Presence::referencedOnly;
    absent.id = free_id(std::string(name_of(word)) + name_part(ref.normalized));
    x_absent.push_back(std::move(absent));
  }

  std::string free_id(const std::string& stem) {
    std::string id = stem;
    for (int i = 2; !x_ids.insert(id).second; ++i) id = stem + "-" + std::to_string(i);
    return id;
  }

  /// One message for each code and label, at the first mention.
  void say_once(const Ref& ref, const char* code, const char* message, const char* help) {
    const std::string number = number_key(ref.normalized);
    if (!x_told.insert(code + annex_key(word_of(ref), number.empty() ? std::string_view(ref.normalized) : number)).second) return;
    std::string name = word_of(ref) == AnnexWord::appendix ? "Appendix" : "Annex";
    if (!ref.normalized.empty()) (name += " ") += std::string_view(ref.normalized);
    else name = "an " + std::string(name_of(word_of(ref))) + " without a number";
    Diagnostic made = x_locator.diagnostic(ref.at, Severity::warning, code, fmt::format(fmt::runtime(message), name), help);
    made.target = ref.id;
    x_said.push_back(std::move(made));
  }

  /// The k-th mark with a label means the k-th note with it (labels start again on each page), the last for any more.
  void resolve_note(NoteRef& ref) {
    const std::string key = note_key(ref.label);
    const auto found = x_notes.find(key);
    if (found == x_notes.end()) return;
    ref.target = found->second[std::min(x_note_uses[key]++, found->second.size() - 1)];
  }

  static bool mentions(const Inlines& inlines, RefType type) {
    return std::any_of(inlines.begin(), inlines.end(), [type](const Inline& part) {
      const Ref* ref = part.as<Ref>();
      return ref != nullptr && ref->type == type;
    });
  }

  /// A paragraph named right before or behind a document's symbol is that document's: "X/12, para. 7".
  static void mark_foreign(Inlines& inlines) {
    constexpr std::size_t longest_gap = 24;
    if (!mentions(inlines, RefType::document) || !mentions(inlines, RefType::paragraph)) return;
    Ref* last = nullptr;
    std::string between;
    for (Inline& part : inlines) {
      Ref* ref = part.as<Ref>();
      if (ref == nullptr) {
        if (last != nullptr && between.size() <= longest_gap) append_plain_text(between, part);
        continue;
      }
      if (last != nullptr && between.size() <= longest_gap && between.find_first_of(".;:") == std::string::npos) {
        join_foreign(*last, *ref);
        join_foreign(*ref, *last);
      }
      last = ref;
      between.clear();
    }
  }

  static void join_foreign(Ref& paragraph, const Ref& document) {
    if (paragraph.type != RefType::paragraph || document.type != RefType::document || document.uri.empty()) return;
    paragraph.status = RefStatus::external;
    (paragraph.uri = document.uri) += "#para" + name_part(paragraph.normalized);
  }

  Report& x_report;
  Locator x_locator;
  Index x_annexes;
  std::optional<BlockIndex> x_blocks;
  std::unordered_map<std::string, std::vector<std::string>> x_notes;
  std::unordered_map<std::string, std::size_t> x_note_uses;
  std::unordered_map<std::string, std::pair<RefStatus, Words>> x_resolved;  // what annexes were referred to by
  std::unordered_set<std::string> x_ids, x_cited, x_told;
  std::vector<Annex> x_absent;
  std::size_t x_annex_count = 0;
  std::string x_only_annex;
  Diagnostics x_said;
};

}  // namespace

Diagnostics resolve_references(Report& report) { return Resolver(report).run(); }

}  // namespace rapporteur
