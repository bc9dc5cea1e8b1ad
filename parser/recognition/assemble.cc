// Stage recognition: from the plan of every line to the flat list of events, each content byte in exactly one piece.

#include <algorithm>

#include "recognition/mentions.h"
#include "recognition/pieces.h"
#include "recognition/work.h"
#include "text/labels.h"

namespace rapporteur {

namespace {

/// What a heading without number or level ranks below the one around it; numbers and levels are tens.
constexpr int kPlain = 5;

/// Ranks of headings that are open, to give each event its depth.
class Depths {
 public:
  void reset() { x_open.clear(); }
  std::uint8_t open(int rank) {
    while (!x_open.empty() && x_open.back() >= rank) x_open.pop_back();
    x_open.push_back(rank);
    return static_cast<std::uint8_t>(std::min<std::size_t>(x_open.size(), 12));
  }
  int outermost() const { return x_open.empty() ? 0 : x_open.front(); }
  int innermost() const { return x_open.empty() ? 0 : x_open.back(); }

 private:
  std::vector<int> x_open;
};

class Assembler {
 public:
  explicit Assembler(Work& work) : w(work) {}

  Events run() {
    fields();
    count_chains(0);
    for (std::uint32_t i = 0; i < w.size(); ++i)
      if (w.plans[i].claim != Claim::field) line(i);
    return std::move(x_events);
  }

 private:
  Work& w;
  Events x_events;
  Depths x_depths;
  std::size_t x_open_text = npos;   // event that goes on with the next text line of its block
  std::uint32_t x_last_text = Work::none;
  std::uint8_t x_zone = zone_body;
  bool x_in_participants = false;
  bool x_legal = false;             // inside articles: the annexes named are the convention's own
  std::uint32_t x_page_break = Work::none;
  std::size_t x_note = npos;        // the footnote that is open
  std::size_t x_cut_text = npos;    // what was open before it, and its last line
  std::uint32_t x_cut_at = Work::none;
  std::vector<std::pair<int, std::uint16_t>> x_points;  // list levels: frame kind, indent
  static constexpr std::size_t npos = ~std::size_t{0};

  Span content(std::uint32_t i, Span match_range) const { return w.line(i).content_range(match_range); }
  Span rest_of_line(std::uint32_t i, std::uint32_t from_match) const {
    const auto size = static_cast<std::uint32_t>(w.line(i).content.size());
    if (from_match == 0) return {0, size};
    const std::uint32_t begin = w.line(i).match_to_content(from_match);
    return {std::min(begin, size), size};
  }
  Piece piece(std::uint32_t i, Span content_range) const {
    Piece p;
    p.line = i;
    p.range = content_range;
    p.hard_break = w.line(i).look.broken_before;
    return p;
  }
  /// The piece without blanks at its ends (they are no words).
  Piece trimmed(std::uint32_t i, Span r) const {
    const std::string_view text = w.line(i).content;
    const auto blank = [&](std::uint32_t at) { return text[at] == ' ' || text[at] == '\t'; };
    while (r.begin < r.end && blank(r.begin)) ++r.begin;
    while (r.end > r.begin && blank(r.end - 1)) --r.end;
    return piece(i, r);
  }

  Event event(Role role, std::uint32_t i) const {
    Event e;
    const LinePlan& plan = w.plans[i];
    e.role = role;
    e.rule = plan.rule ? plan.rule->index : no_rule;
    e.confidence = plan.confidence;
    e.decision = plan.decision;
    e.inferred = w.line(i).look.label_inferred;
    return e;
  }

  void push(Event&& e) { x_events.push_back(std::move(e)); }
  void flush() { x_open_text = npos; }

  /// The words that a field was read out of, or the line that they stand on where they are broken over several.
  Piece read_from(const HeaderPiece& h) const {
    const std::size_t at = w.text(h.line).find(h.n);
    if (h.n.empty() || at == std::string_view::npos) return trimmed(h.line, rest_of_line(h.line, 0));
    return piece(h.line, content(h.line, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + h.n.size())}));
  }

  void fields() {
    for (const HeaderPiece& h : w.header) {
      Event e;
      e.role = Role::field;
      e.type = w.texts.keep(h.type);
      e.n = w.texts.keep(h.n);
      e.when = w.texts.keep(h.when);
      e.to = w.texts.keep(h.to);
      e.mode = w.texts.keep(h.mode);
      e.code = w.texts.keep(h.role);
      e.rule = h.rule ? h.rule->index : no_rule;
      e.confidence = h.confidence;
      for (const auto& [line, range] : h.text) {
        Piece p = piece(line, content(line, range));
        p.hard_break = !e.text.empty();
        e.text.push_back(p);
      }
      if (e.text.empty()) e.read_from = {read_from(h)};
      push(std::move(e));
    }
    for (std::uint32_t i = 0; i < w.header_end; ++i) {
      const LineKind kind = w.line(i).kind;
      if (w.plans[i].claim == Claim::field || !w.plans[i].free()) continue;
      if (kind == LineKind::rule || kind == LineKind::raw) w.plans[i].claim = Claim::text;
    }
  }

  void line(std::uint32_t i) {
    end_notes(i);
    switch (w.line(i).kind) {
      case LineKind::rule: return simple(i, Role::separator);
      case LineKind::raw: return simple(i, Role::raw);
      case LineKind::code: return verbatim(i);
      case LineKind::table_row:
        if (w.plans[i].free()) return simple(i, Role::table_row);
        break;
      case LineKind::note: return note(i);
      case LineKind::text: break;
    }
    switch (w.plans[i].claim) {
      case Claim::furniture: return furniture(i);
      case Claim::contents_head: return contents_head(i);
      case Claim::contents_entry: return contents_entry(i);
      case Claim::annex: return annex(i);
      case Claim::section: return section(i);
      case Claim::more_title: return more_title(i);
      case Claim::mark: return mark(i);
      case Claim::paragraph: return paragraph(i);
      case Claim::point: return point(i);
      case Claim::party: return party(i);
      case Claim::closing:
      case Claim::participants:
      case Claim::field:
      case Claim::text: return words(i);
    }
  }

  void simple(std::uint32_t i, Role role) {
    Event e = event(role, i);
    e.text.push_back(piece(i, rest_of_line(i, 0)));
    push(std::move(e));
    if (role == Role::table_row || role == Role::separator) flush();
  }

  void verbatim(std::uint32_t i) {
    flush();
    simple(i, Role::verbatim);
  }

  /// A footnote at the foot of a page cuts the text that goes on behind it: that stays open meanwhile.
  void note(std::uint32_t i) {
    const auto mark = std::find_if(w.line(i).marks.begin(), w.line(i).marks.end(), [](const Mark& m) { return m.kind == MarkKind::footnote; });
    if (mark == w.line(i).marks.end() && x_note != npos) {
      x_events[x_note].text.push_back(trimmed(i, rest_of_line(i, 0)));
      x_last_text = i;
      return;
    }
    Event e = event(Role::note, i);
    if (mark != w.line(i).marks.end()) {
      e.n = w.texts.keep(mark->text);
      if (mark->end > mark->begin) e.label.push_back(piece(i, {mark->begin, mark->end}));
    }
    const std::uint32_t from = e.label.empty() ? 0 : e.label[0].range.end;
    if (const Piece text = trimmed(i, {from, static_cast<std::uint32_t>(w.line(i).content.size())}); !text.range.empty()) e.text.push_back(text);
    if (x_note == npos) x_cut_text = x_open_text, x_cut_at = x_last_text;
    push(std::move(e));
    x_note = x_open_text = x_events.size() - 1;
    x_last_text = i;
  }

  /// Behind the last footnote of a page the text is open again that they cut.
  void end_notes(std::uint32_t i) {
    if (x_note == npos || w.line(i).kind == LineKind::note || w.is_furniture(i)) return;
    x_note = npos;
    if (w.line(i).block == w.line(x_last_text).block) return;  // a further line of the note
    x_page_break = x_last_text;
    x_open_text = x_cut_text;
    x_last_text = x_cut_at;
  }

  void furniture(std::uint32_t i) {
    Event e = event(Role::furniture, i);
    e.type = w.texts.keep(w.plans[i].type);
    e.text.push_back(piece(i, rest_of_line(i, 0)));
    push(std::move(e));  // the text it interrupts stays open
    x_page_break = i;
  }

  void contents_head(std::uint32_t i) {
    flush();
    Event e = event(Role::contents, i);
    e.type = w.texts.keep(w.plans[i].type);
    e.title.push_back(trimmed(i, rest_of_line(i, 0)));
    push(std::move(e));
  }

  void contents_entry(std::uint32_t i) {
    Event e = event(Role::contents_entry, i);
    e.depth = static_cast<std::uint8_t>(1 + std::min(5, w.line(i).look.indent / 4));
    e.text.push_back(trimmed(i, rest_of_line(i, 0)));
    push(std::move(e));
    flush();
  }

  /// Label, title and what stands around them, out of one heading line.
  void heading_pieces(Event& e, std::uint32_t i) {
    const LinePlan& plan = w.plans[i];
    const auto size = static_cast<std::uint32_t>(w.line(i).content.size());
    const std::uint32_t label_begin = 0, label_end = plan.label.empty() ? 0 : w.line(i).match_to_content.end_of(plan.label.end);
    if (plan.label.begin > 0) {  // a column before the label ("ARVON 3 MAI 1975      ANNEX 2")
      Event before = event(Role::text, i);
      before.text.push_back(trimmed(i, {0, w.line(i).match_to_content(plan.label.begin)}));
      push(std::move(before));
    }
    const std::uint32_t from = plan.label.begin > 0 ? w.line(i).match_to_content(plan.label.begin) : label_begin;
    if (label_end > from) {
      const Piece p = trimmed(i, {from, label_end});
      if (!p.range.empty()) e.label.push_back(p);
    }
    const std::uint32_t title_end = plan.title.empty() ? label_end : std::max(label_end, w.line(i).match_to_content.end_of(plan.title.end));
    if (title_end > label_end) {
      const Piece p = trimmed(i, {label_end, title_end});
      if (!p.range.empty()) e.title.push_back(p);
    }
    const std::uint32_t rest = std::max(label_end, title_end);
    if (rest < size && !plan.run_in) {
      const Piece p = trimmed(i, {rest, size});
      if (!p.range.empty()) (plan.title.empty() ? e.title : e.mark).push_back(p);
    }
  }

  void annex(std::uint32_t i) {
    flush();
    x_depths.reset();
    count_chains(i + 1);
    x_zone = zone_annex;
    x_legal = false;
    Event e = event(Role::annex, i);
    e.depth = w.plans[i].depth;
    e.n = w.texts.keep(w.plans[i].n);
    x_item_rule = nullptr;
    heading_pieces(e, i);
    e.type = annex_word(joined_text(w.document, e.label));
    push(std::move(e));
    x_heading = x_events.size() - 1;
  }
  std::size_t x_heading = npos;
  const Rule* x_item_rule = nullptr;  ///< of the last agenda item's heading
  std::uint32_t x_item = 0;
  int x_item_rank = 0;
  std::size_t x_outermost = 0;      ///< event of the outermost heading that is open
  std::uint32_t x_chains = 0;       ///< how often headings begin to count on the outermost level before the next annex
  std::uint32_t x_next = 0;         ///< line of the next heading, also of an annex

  /// 70 of "70a": items of the agenda are ordered by it.
  static std::uint32_t item_number(std::string_view agenda) {
    const std::size_t digits = std::min(agenda.find_first_not_of("0123456789"), agenda.size());
    return digits > 6 ? 0 : value_of(agenda.substr(0, digits), LabelKind::number).value_or(0);
  }

  int rank_of(std::uint32_t i) {
    const LinePlan& plan = w.plans[i];
    const Look& look = w.line(i).look;
    if (look.heading > 0 && plan.depth == 0) return look.heading * 10;
    if (plan.depth > 0 && plan.rule != nullptr && plan.rule == x_item_rule && plan.type == "agendaItem" && item_number(plan.agenda) > x_item) return x_item_rank;
    if (plan.depth > 0) return plan.depth * 10;
    // Without number or level: below the numbered heading that is open, above small ones.
    const int inner = counts_anew_below(i) ? 0 : x_depths.innermost();
    return inner % 10 == kPlain ? inner : inner + kPlain;
  }

  /// Something was told under the heading of an event, furniture and rules aside.
  bool told_since(std::size_t heading) const {
    for (std::size_t at = heading + 1; at < x_events.size(); ++at)
      if (const Role role = x_events[at].role; role != Role::section && role != Role::furniture && role != Role::separator) return true;
    return false;
  }

  /// Counts how often headings begin to count between line i and the next annex. "Welcome", a text, and then headings 1 to 9:
  /// these stand beside it. Where they count anew under a later heading, both are parts that hold them.
  void count_chains(std::uint32_t i) {
    x_chains = 0;
    for (; i < w.size() && w.plans[i].claim != Claim::annex; ++i) x_chains += begins_chain(i);
  }

  bool begins_chain(std::uint32_t i) const { return w.plans[i].claim == Claim::section && w.plans[i].depth == 1 && w.plans[i].starts_chain; }

  /// The next heading counts anew on the outermost level, right below the one at line i, or where another held those that counted
  /// before: the one at line i holds it.
  bool counts_anew_below(std::uint32_t i) {
    x_next = std::max(x_next, i + 1);
    while (x_next < w.size() && w.plans[x_next].claim != Claim::section && w.plans[x_next].claim != Claim::annex) ++x_next;
    if (x_next == w.size() || !begins_chain(x_next)) return false;
    const std::uint32_t above = w.before(x_next);
    return x_depths.outermost() == kPlain || above == i || (w.plans[above].claim == Claim::more_title && w.plans[above].head == i);
  }

  void section(std::uint32_t i) {
    flush();
    const LinePlan& plan = w.plans[i];
    Event e = event(Role::section, i);
    const int rank = rank_of(i);
    if (plan.depth == 1 && plan.starts_chain && x_chains == 1 && x_depths.outermost() == kPlain && told_since(x_outermost)) x_depths.reset();
    e.depth = x_depths.open(rank);
    if (e.depth == 1) x_outermost = x_events.size();
    // "Point 20" is no part of "Point 5" that is open, though ten numbers are missing between them.
    if (plan.type == "agendaItem") x_item_rule = plan.rule, x_item = item_number(plan.agenda), x_item_rank = rank;
    e.type = w.texts.keep(plan.type);
    e.n = w.texts.keep(plan.n);
    e.agenda = w.texts.keep(plan.agenda);
    e.mark_first = plan.mark_first;
    x_legal = plan.type == "article";
    heading_pieces(e, i);
    if (plan.mark_first && e.mark.empty()) take_mark_before(e, i);
    push(std::move(e));
    x_heading = x_events.size() - 1;
    if (plan.run_in) {
      Event text = event(Role::text, i);
      text.text.push_back(trimmed(i, {w.line(i).match_to_content.end_of(plan.title.end), static_cast<std::uint32_t>(w.line(i).content.size())}));
      push(std::move(text));
      x_open_text = x_events.size() - 1;
      x_last_text = i;
      x_heading = npos;
    }
  }

  /// A mark above its heading was met first and waits as plain text: it moves into the heading.
  void take_mark_before(Event& e, std::uint32_t head) {
    for (std::size_t k = x_events.size(); k-- > 0 && k + 4 > x_events.size();) {
      Event& waiting = x_events[k];
      if (waiting.text.size() != 1 || w.plans[waiting.text[0].line].claim != Claim::mark || w.plans[waiting.text[0].line].head != head) continue;
      e.mark = std::move(waiting.text);
      x_events.erase(k);
      return;
    }
  }

  void more_title(std::uint32_t i) {
    if (x_heading == npos) return words(i);
    Event& head = x_events[x_heading];
    const LinePlan& plan = w.plans[i];
    const auto size = static_cast<std::uint32_t>(w.line(i).content.size());
    const std::uint32_t end = plan.title.empty() ? size : w.line(i).match_to_content.end_of(plan.title.end);
    Piece p = trimmed(i, {0, end});
    if (!p.range.empty()) head.title.push_back(p);
    if (end < size) {
      const Piece tail = trimmed(i, {end, size});
      if (!tail.range.empty()) head.mark.push_back(tail);
    }
  }

  void mark(std::uint32_t i) {
    const LinePlan& plan = w.plans[i];
    Event e = event(Role::text, i);
    if (!plan.mark_first && x_heading != npos && x_events[x_heading].role != Role::annex) {
      x_events[x_heading].mark.push_back(trimmed(i, rest_of_line(i, 0)));
      return;
    }
    e.text.push_back(trimmed(i, rest_of_line(i, 0)));
    push(std::move(e));
    flush();
  }

  void paragraph(std::uint32_t i) {
    const LinePlan& plan = w.plans[i];
    Event e = event(Role::paragraph, i);
    e.n = w.texts.keep(plan.n);
    open_labelled(std::move(e), i, plan.label);
    x_points.clear();
  }

  void open_labelled(Event&& e, std::uint32_t i, Span label) {
    const std::uint32_t label_end = w.line(i).match_to_content.end_of(label.end);
    const Piece number = trimmed(i, {0, label_end});
    if (!number.range.empty()) e.label.push_back(number);
    const Piece text = trimmed(i, {label_end, static_cast<std::uint32_t>(w.line(i).content.size())});
    if (!text.range.empty()) e.text.push_back(text);
    push(std::move(e));
    x_open_text = x_events.size() - 1;
    x_last_text = i;
    x_in_participants = false;
    x_heading = npos;
  }

  void point(std::uint32_t i) {
    const LinePlan& plan = w.plans[i];
    Event e = event(Role::point, i);
    e.n = w.texts.keep(plan.n);
    e.depth = std::max<std::uint8_t>(plan.depth, 1);
    open_labelled(std::move(e), i, plan.label);
  }

  void bullet(std::uint32_t i, const Match& match) {
    Event e = event(Role::point, i);
    e.rule = match.rule->index;
    e.depth = bullet_depth(i);
    const Span label = match.has(Capture::label) ? match.span(Capture::label) : match.whole;
    open_labelled(std::move(e), i, {0, label.end});
  }

  std::vector<std::uint16_t> x_bullets;  // indents of open bullet levels
  std::uint8_t bullet_depth(std::uint32_t i) {
    const std::uint16_t indent = w.line(i).look.indent;
    const bool fresh = x_open_text == npos || x_events[x_open_text].role != Role::point;
    if (fresh) x_bullets.clear();
    while (!x_bullets.empty() && x_bullets.back() > indent) x_bullets.pop_back();
    if (x_bullets.empty() || x_bullets.back() < indent) x_bullets.push_back(indent);
    return static_cast<std::uint8_t>(std::min<std::size_t>(x_bullets.size(), 12));
  }

  void party(std::uint32_t i) {
    const LinePlan& plan = w.plans[i];
    if (!x_in_participants || (x_last_text != Work::none && w.plans[x_last_text].claim == Claim::party && w.plans[x_last_text].head != plan.head)) {
      Event p = event(Role::participants, i);
      p.type = w.plans[plan.head].type.empty() ? std::string_view("mixed") : w.texts.keep(w.plans[plan.head].type);
      push(std::move(p));
      x_in_participants = true;
    }
    Event e = event(Role::party, i);
    e.type = w.texts.keep(plan.type);
    e.code = w.texts.keep(plan.agenda);
    e.n = w.texts.keep(plan.n);
    e.text.push_back(trimmed(i, rest_of_line(i, 0)));
    push(std::move(e));
    flush();
    x_last_text = i;
  }

  /// A text line goes on in the open text where it stands in the same block, or where furniture cut a sentence in two.
  bool goes_on(std::uint32_t i) const {
    if (x_open_text == npos || x_last_text == Work::none) return false;
    const Line& line = w.line(i);
    const bool same_block = line.block == w.line(x_last_text).block;
    if (same_block && (w.manner.wrapped || line.look.broken_before || x_last_text + 1 == i)) {
      if (w.manner.wrapped || line.look.broken_before) return true;
      return w.facts[i].starts_lower || w.facts[x_last_text].end == LineEnd::hyphen || w.unfinished(x_last_text);
    }
    const LineEnd end = w.facts[x_last_text].end;
    const bool cut = end == LineEnd::open || end == LineEnd::comma || end == LineEnd::hyphen;
    const bool only_furniture = x_page_break != Work::none && x_page_break > x_last_text && w.before(i) == x_last_text;
    return only_furniture && cut && (w.facts[i].starts_lower || end == LineEnd::hyphen || end == LineEnd::comma);
  }

  void words(std::uint32_t i) {
    const LinePlan& plan = w.plans[i];
    if (plan.claim == Claim::text && w.line(i).kind == LineKind::text) {
      if (const Match* match = w.proposal(i, Emit::point); match && !match->rule->counts) return bullet(i, *match);
    }
    const Piece whole = trimmed(i, rest_of_line(i, 0));
    if (goes_on(i)) {
      Piece p = whole;
      p.page_begins = x_page_break != Work::none && x_page_break > x_last_text;
      x_events[x_open_text].text.push_back(p);
      x_last_text = i;
      return;
    }
    Event e = event(Role::text, i);
    if (w.line(i).look.quote_depth > 0) e.type = "quote";
    if (!whole.range.empty()) e.text.push_back(whole);
    push(std::move(e));
    x_open_text = x_events.size() - 1;
    x_last_text = i;
    x_in_participants = false;
    x_heading = npos;
  }
};

}  // namespace

Events assemble(Work& work) { return Assembler(work).run(); }

}  // namespace rapporteur
