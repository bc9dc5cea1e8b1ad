// Stage model: marks, hits and joints become a tree of inlines.
//
// The words are cut at every boundary; over each stretch the ranges that cover it are put in an order in which they may
// nest, and the tree is kept open as far as this order agrees with that of the stretch before.

#include "model/inlines.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/provenance.h"
#include "model/uri.h"
#include "recognition/pieces.h"

namespace rapporteur {

namespace {

constexpr std::size_t deepest = 24;  // nested ranges over one stretch; deeper typography is dropped, its words are kept

/// Where the marks of a line were looked for last. A row of a table is many pieces of one line, asked one after the other,
/// and each has few of its marks.
struct MarkCursor {
  std::uint32_t line = 0, begin = 0;
  std::size_t first = 0;  ///< the first mark that does not end before `begin`
};

/// A range of the joined text with a property: of a mark, or of a hit.
struct Range {
  std::uint32_t begin = 0, end = 0;
  const Mark* mark = nullptr;
  const Hit* hit = nullptr;
};

/// Something without words at a place of the joined text; the next `skip` bytes are what it stands for.
struct Point {
  std::uint32_t at = 0, skip = 0;
  Inline value;
};

bool same_property(const Mark& a, const Mark& b) { return a.kind == b.kind && a.text == b.text; }

bool is_point(const Mark& mark) {
  return mark.kind == MarkKind::raw || mark.kind == MarkKind::line_break || mark.kind == MarkKind::footnote;
}

/// Lays out one event after another: its joined text, its ranges and points in joined offsets.
class Layout {
 public:
  explicit Layout(const Document& document) : x_document(document) {}

  void begin(const Pieces& pieces) {
    ranges.clear();
    points.clear();
    x_bases.clear();
    x_reaching.clear();
    x_pieces = pieces;
    text = joined_text(x_document, pieces, x_joined);
    x_in_source = in_source(x_document, text);
    for (const Piece& piece : pieces) add_piece(piece);
  }

  void add_hits(std::span<const Hit> hits) {
    std::uint32_t last_end = 0;
    for (const Hit& hit : hits) {
      if (hit.range.begin < last_end || hit.range.end <= hit.range.begin || hit.range.end > text.size()) continue;
      ranges.push_back({hit.range.begin, hit.range.end, nullptr, &hit});
      last_end = hit.range.end;
    }
  }

  /// Drops the ranges of `kind` where together they cover every word.
  void drop_if_everywhere(MarkKind kind) {
    std::uint32_t covered = 0;
    const auto is_kind = [&](const Range& r) { return r.mark != nullptr && r.mark->kind == kind; };
    const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
    for (const Range& range : ranges) {
      if (!is_kind(range)) continue;
      for (; covered < range.begin; ++covered)
        if (!blank(text[covered])) return;
      covered = std::max(covered, range.end);
    }
    for (; covered < text.size(); ++covered)
      if (!blank(text[covered])) return;
    std::erase_if(ranges, is_kind);
  }

  /// Source place of a range of the joined text.
  Provenance place(Span range) const {
    Provenance at;
    const auto after = std::upper_bound(x_bases.begin(), x_bases.end(), range.begin);
    for (auto k = static_cast<std::size_t>(after - x_bases.begin()) - 1; k < x_pieces.size() && x_bases[k] < range.end; ++k) {
      const Piece& piece = x_pieces[k];
      const std::uint32_t begin = std::max(range.begin, x_bases[k]) - x_bases[k];
      const std::uint32_t end = std::min(range.end - x_bases[k], piece.range.size());
      if (begin < end) widen(at, place_of(x_document, piece.line, {piece.range.begin + begin, piece.range.begin + end}));
    }
    return at;
  }

  /// Words of the joined text: those of the source, where it stands there just so.
  Words words(std::uint32_t begin, std::uint32_t end) const {
    const std::string_view part = text.substr(begin, end - begin);
    return x_in_source ? Words::in_place(part) : Words(part);
  }

  /// A value that was read from a range: its words where they stand there, as most do, and a copy of others.
  Words value(std::string_view read, Span range) const {
    const std::string_view part = text.substr(range.begin, range.size());
    const std::size_t at = x_in_source && !read.empty() ? part.find(read) : std::string_view::npos;
    return at != std::string_view::npos ? Words::in_place(part.substr(at, read.size())) : Words(read);
  }

  std::string_view text;
  std::vector<Range> ranges;
  std::vector<Point> points;

 private:
  void add_piece(const Piece& piece) {
    const bool first = x_bases.empty();
    const std::uint32_t base = first ? 0 : x_end + 1;
    if (!first && piece.hard_break) points.push_back({x_end, 1, {LineBreak{}}});
    if (piece.page_begins) points.push_back({base, 0, {PageBreak{piece.page == 0 ? std::string() : std::to_string(piece.page)}}});
    x_bases.push_back(base);
    x_end = base + piece.range.size();
    const std::vector<Mark>& marks = x_document.lines[piece.line].marks;
    for (std::size_t i = first_mark(piece, marks); i < marks.size(); ++i) {
      const Mark& mark = marks[i];
      if (mark.begin > piece.range.end) break;
      if (is_point(mark)) add_point(piece, base, mark);
      else if (mark.kind != MarkKind::cell) add_range(piece, base, mark);
    }
    x_reaching.swap(x_reaching_next);
    x_reaching_next.clear();
  }

  /// The first mark that can touch a piece.
  std::size_t first_mark(const Piece& piece, const std::vector<Mark>& marks) {
    if (piece.line != x_marks.line || piece.range.begin < x_marks.begin) x_marks.first = 0;
    x_marks.line = piece.line;
    x_marks.begin = piece.range.begin;
    while (x_marks.first < marks.size() && marks[x_marks.first].end < piece.range.begin) ++x_marks.first;
    return x_marks.first;
  }

  void add_point(const Piece& piece, std::uint32_t base, const Mark& mark) {
    const std::uint32_t size = static_cast<std::uint32_t>(x_document.lines[piece.line].content.size());
    const bool inside = mark.begin >= piece.range.begin && (mark.begin < piece.range.end || mark.begin == size || piece.range.empty());
    if (!inside) return;
    const std::uint32_t at = base + mark.begin - piece.range.begin;
    const std::uint32_t skip = std::max(mark.begin, std::min(mark.end, piece.range.end)) - mark.begin;
    const std::string_view words = text.substr(at, skip);
    if (mark.kind == MarkKind::raw) points.push_back({at, 0, {Raw{mark.text}}});
    else if (mark.kind == MarkKind::footnote) points.push_back({at, skip, {NoteRef{"", skip != 0 ? std::string(words) : mark.text}}});
    else points.push_back({at, words.find_first_not_of(" \t") == std::string_view::npos ? skip : 0, {LineBreak{}}});
  }

  void add_range(const Piece& piece, std::uint32_t base, const Mark& mark) {
    const std::uint32_t from = std::max(mark.begin, piece.range.begin), to = std::min(mark.end, piece.range.end);
    if (from >= to) return;
    const Range range{base + from - piece.range.begin, base + to - piece.range.begin, &mark, nullptr};
    std::size_t index = ranges.size();
    if (from == piece.range.begin) {
      const auto before = std::find_if(x_reaching.begin(), x_reaching.end(),
                                       [&](std::size_t i) { return same_property(*ranges[i].mark, mark); });
      if (before != x_reaching.end()) index = *before;
    }
    if (index == ranges.size()) ranges.push_back(range);
    else ranges[index].end = std::max(ranges[index].end, range.end);
    if (to == piece.range.end) x_reaching_next.push_back(index);
  }

  const Document& x_document;
  std::string x_joined;
  std::span<const Piece> x_pieces;
  std::vector<std::uint32_t> x_bases;   // joined offset of each piece
  MarkCursor x_marks;
  std::vector<std::size_t> x_reaching;  // ranges that reach the end of the last piece: the next may go on with them
  std::vector<std::size_t> x_reaching_next;  // those that reach the end of the piece at hand
  std::uint32_t x_end = 0;
  bool x_in_source = false;             // the text is a part of the source's
};

Inline styled(SpanStyle style, Inlines children) { return {Styled{style, std::move(children)}}; }

Inline of_mark(const Mark& mark, Inlines children) {
  switch (mark.kind) {
    case MarkKind::strong: return styled(SpanStyle::strong, std::move(children));
    case MarkKind::emph: return styled(SpanStyle::emph, std::move(children));
    case MarkKind::sup: return styled(SpanStyle::sup, std::move(children));
    case MarkKind::sub: return styled(SpanStyle::sub, std::move(children));
    case MarkKind::code: return styled(SpanStyle::code, std::move(children));
    case MarkKind::strike: return styled(SpanStyle::strike, std::move(children));
    case MarkKind::link:
    case MarkKind::image: return {Link{mark.text, std::move(children)}};
    case MarkKind::inserted: return {Change{true, "", "", std::move(children)}};
    case MarkKind::deleted: return {Change{false, "", "", std::move(children)}};
    case MarkKind::cell:
    case MarkKind::footnote:
    case MarkKind::raw:
    case MarkKind::line_break: break;  // no ranges
  }
  return styled(SpanStyle::emph, std::move(children));
}

RefType ref_type(const Hit& hit) {
  if (hit.kind == "documentRef") return RefType::document;
  if (hit.kind == "paragraphRef") return RefType::paragraph;
  if (hit.kind == "agendaItemRef") return RefType::agendaItem;
  return hit.word == "appendix" ? RefType::appendix : RefType::annex;
}

/// Turns a Layout into the tree.
class Weaver {
 public:
  explicit Weaver(Layout& layout) : x_layout(layout) {}

  /// What was laid out, as a tree. Ranges come in order, but for hits, which come behind marks.
  Inlines weave() {
    const auto outer_first = [](const Range& a, const Range& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; };
    if (!std::is_sorted(x_layout.ranges.begin(), x_layout.ranges.end(), outer_first))
      std::stable_sort(x_layout.ranges.begin(), x_layout.ranges.end(), outer_first);
    find_boundaries();
    x_active.clear();
    x_next = x_point = 0;
    x_skip_to = 0;
    x_root.reserve(std::min<std::size_t>(2 * x_layout.ranges.size() + x_layout.points.size() + 1, x_cuts.size() + x_layout.points.size()));
    for (std::size_t i = 0; i + 1 < x_cuts.size(); ++i) stretch(x_cuts[i], x_cuts[i + 1]);
    close_to(0);
    points_at(static_cast<std::uint32_t>(x_layout.text.size()));
    return std::exchange(x_root, {});
  }

 private:
  struct Open {
    const Range* range;
    Inlines children;
  };

  void find_boundaries() {
    x_cuts = {0, static_cast<std::uint32_t>(x_layout.text.size())};
    for (const Range& range : x_layout.ranges) x_cuts.insert(x_cuts.end(), {range.begin, range.end});
    for (const Point& point : x_layout.points) x_cuts.insert(x_cuts.end(), {point.at, point.at + point.skip});
    std::sort(x_cuts.begin(), x_cuts.end());
    x_cuts.erase(std::unique(x_cuts.begin(), x_cuts.end()), x_cuts.end());
  }

  void stretch(std::uint32_t begin, std::uint32_t end) {
    arrange(begin);
    points_at(begin);
    if (begin < x_skip_to) return;
    Inlines& into = x_open.empty() ? x_root : x_open.back().children;
    Words words = x_layout.words(begin, end);
    Text* last = into.empty() ? nullptr : into.back().as<Text>();
    if (last != nullptr) last->text += words;
    else into.push_back({Text{std::move(words)}});
  }

  /// Brings the open elements in line with the ranges that cover the stretch from `begin`.
  void arrange(std::uint32_t begin) {
    std::erase_if(x_active, [&](const Range* range) { return range->end <= begin; });
    for (; x_next < x_layout.ranges.size() && x_layout.ranges[x_next].begin <= begin; ++x_next) {
      const Range& range = x_layout.ranges[x_next];
      if (range.hit != nullptr) put_hit(&range);
      else if (x_active.size() < deepest) x_active.push_back(&range);
    }
    std::size_t same = 0;
    while (same < x_open.size() && same < x_active.size() && x_open[same].range == x_active[same]) ++same;
    close_to(same);
    for (; same < x_active.size(); ++same) x_open.push_back({x_active[same], {}});
  }

  /// A hit goes outside of every mark that does not hold it whole, so that it is never split.
  void put_hit(const Range* hit) {
    const auto place = std::find_if(x_active.begin(), x_active.end(), [&](const Range* r) { return r->end < hit->end; });
    x_active.insert(place, hit);
  }

  void points_at(std::uint32_t at) {
    for (; x_point < x_layout.points.size() && x_layout.points[x_point].at <= at; ++x_point) {
      Point& point = x_layout.points[x_point];
      x_skip_to = std::max(x_skip_to, point.at + point.skip);
      (x_open.empty() ? x_root : x_open.back().children).push_back(std::move(point.value));
    }
  }

  void close_to(std::size_t count) {
    while (x_open.size() > count) {
      Open top = std::move(x_open.back());
      x_open.pop_back();
      if (top.children.empty()) continue;
      Inline made = top.range->hit != nullptr ? of_hit(*top.range->hit, std::move(top.children))
                                              : of_mark(*top.range->mark, std::move(top.children));
      (x_open.empty() ? x_root : x_open.back().children).push_back(std::move(made));
    }
  }

  Inline of_hit(const Hit& hit, Inlines children) {
    Provenance at = x_layout.place(hit.range);
    at.rule = hit.rule;
    at.confidence = hit.confidence;
    if (hit.kind == "date") return {Apart<DateText>::of(Words(hit.when), Words(hit.to), std::move(children), at)};
    const auto value = [&](std::string_view read) { return x_layout.value(read, hit.range); };
    if (hit.kind == "person") return {Apart<PersonText>::of(value(hit.honorific), value(hit.given), value(hit.family), value(hit.role), std::move(children), at)};
    return {reference(hit, std::move(children), at)};
  }

  Apart<Ref> reference(const Hit& hit, Inlines children, const Provenance& at) {
    Apart<Ref> ref;
    ref->type = ref_type(hit);
    ref->normalized = x_layout.value(hit.normalized, hit.range);
    ref->id = "ref" + std::to_string(++x_references);
    if (hit.label.end > hit.label.begin && hit.label.end <= x_layout.text.size())
      ref->printed_label = x_layout.words(hit.label.begin, hit.label.end);
    if (ref->type == RefType::document) {
      ref->status = RefStatus::external;
      ref->uri = document_uri(hit.normalized);
    }
    ref->children = std::move(children);
    ref->at = at;
    return ref;
  }

  Layout& x_layout;
  std::uint32_t x_references = 0;
  Inlines x_root;
  std::vector<Open> x_open;
  std::vector<std::uint32_t> x_cuts;
  std::vector<const Range*> x_active;  // in nesting order
  std::size_t x_next = 0, x_point = 0;
  std::uint32_t x_skip_to = 0;
};

}  // namespace

bool in_source(const Document& document, std::string_view text) {
  if (!document.source) return false;
  const std::string_view whole = document.source->text();
  return std::less_equal<>()(whole.data(), text.data()) && std::less_equal<>()(text.data() + text.size(), whole.data() + whole.size());
}

struct InlineBuilder::Scratch {
  explicit Scratch(const Document& document) : layout(document) {}
  Layout layout;
  Weaver weaver{layout};
};

InlineBuilder::InlineBuilder(const Document& document) : x_scratch(std::make_unique<Scratch>(document)) {}
InlineBuilder::~InlineBuilder() = default;

Inlines InlineBuilder::build(const Pieces& pieces, std::span<const Hit> hits, bool heading) {
  Layout& layout = x_scratch->layout;
  layout.begin(pieces);
  if (heading) {
    layout.drop_if_everywhere(MarkKind::strong);
    layout.drop_if_everywhere(MarkKind::emph);
  }
  layout.add_hits(hits);
  if (layout.ranges.empty() && layout.points.empty()) {
    Inlines words;
    if (!layout.text.empty()) words.push_back({Text{layout.words(0, static_cast<std::uint32_t>(layout.text.size()))}});
    return words;
  }
  return x_scratch->weaver.weave();
}

}  // namespace rapporteur
