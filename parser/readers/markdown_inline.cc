// Stage readers: reading inline Markdown into tokens. One pass; every search that could be repeated from many places
// (a closing `>`, a closing `)`, backticks of one length) remembers what it found, so that no input is quadratic.

#include "readers/markdown_inline.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "readers/html_entities.h"

namespace rapporteur {

namespace {

constexpr std::uint32_t nowhere = 0xffffffff;
constexpr std::size_t none = static_cast<std::size_t>(-1);

constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("\\`*_~[]<&")) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr std::array<bool, 256> is_special = make_special();

bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
bool is_alnum(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }
bool is_punctuation(char c) { return c > ' ' && c < 0x7F && !is_alnum(c); }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool has_letters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80; });
}

/// Tags that mean a mark of their own.
struct TagMark {
  std::string_view name;
  MarkKind mark;
};
constexpr TagMark tag_marks[] = {{"sup", MarkKind::sup},    {"sub", MarkKind::sub},   {"b", MarkKind::strong},
                                 {"strong", MarkKind::strong}, {"i", MarkKind::emph}, {"em", MarkKind::emph},
                                 {"s", MarkKind::strike},   {"del", MarkKind::strike}, {"code", MarkKind::code}};

std::string lower_name(std::string_view tag) {
  std::string name;
  for (std::size_t at = tag.starts_with("</") ? 2 : 1; at < tag.size() && is_alnum(tag[at]); ++at)
    name += static_cast<char>(is_letter(tag[at]) ? tag[at] | 32 : tag[at]);
  return name;
}

}  // namespace

void InlineScanner::push(Kind kind, std::uint32_t begin, std::uint32_t end, std::uint32_t a, std::uint32_t b) {
  x_tokens.push_back({kind, MarkKind::strong, begin, end, a, b});
}

void InlineScanner::flush_copy(std::uint32_t end) {
  if (x_copied < end) push(Kind::copy, x_copied, end);
  x_copied = end;
}

std::uint32_t InlineScanner::next_of(char wanted, std::uint32_t& known, std::uint32_t at) const {
  if (known != nowhere && known < at) {
    const std::size_t found = x_source.substr(0, paragraph_end()).find(wanted, at);
    known = found == std::string_view::npos ? nowhere : static_cast<std::uint32_t>(found);
  }
  return known;
}

void InlineScanner::tokenize(const std::vector<InlineSegment>& segments, bool literal) {
  x_segments = &segments;
  x_literal = literal;
  x_tokens.clear(), x_delimiters.clear(), x_uses.clear(), x_brackets.clear(), x_replacements.clear(), x_open_tags.clear(), x_unpaired.clear();
  x_escaped = nowhere;
  x_code_end = x_next_gt = x_no_target_before = x_no_comment_before = 0;
  x_runs_known = false;
  std::uint32_t from = 0;  // a tag may have swallowed the front of a segment, or whole ones
  for (x_segment = 0; x_segment < segments.size(); ++x_segment) {
    const InlineSegment& segment = segments[x_segment];
    x_at = x_copied = std::max(from, segment.begin);
    while (x_at < segments[x_segment].end) {
      if (x_code_end != 0 && x_at == x_code_end) {
        flush_copy(x_at);
        push(Kind::code_end, x_at, x_code_close);
        go_on(x_code_close);
        x_code_end = 0;
      } else if (const char c = x_source[x_at]; is_special[static_cast<unsigned char>(c)]) {
        const std::size_t before = x_segment;
        special(c);
        if (x_segment != before) break;
      } else {
        ++x_at;
      }
    }
    const bool swallowed = &segments[x_segment] != &segment;
    if (swallowed) {  // a tag that ends in a later segment: end the lines in between, go on behind the tag
      from = x_at;
      for (auto passed = static_cast<std::size_t>(&segment - segments.data()); passed < x_segment; ++passed)
        push(Kind::segment_end, segments[passed].end, segments[passed].end);
      --x_segment;
      continue;
    }
    flush_copy(std::max(x_at, x_copied));
    push(Kind::segment_end, segment.end, segment.end);
  }
  pair_delimiters(x_delimiters, x_uses, x_unpaired, 0);
}

void InlineScanner::special(char c) {
  switch (c) {
    case '<': return less_than();
    case '&': return ampersand();
    case ']': return close_bracket();
    default: break;
  }
  if (in_code()) {
    ++x_at;
    return;
  }
  switch (c) {
    case '\\': return backslash();
    case '`': return backticks();
    case '[': return open_bracket();
    default: return delimiter_run();
  }
}

void InlineScanner::backslash() {
  const std::uint32_t end = (*x_segments)[x_segment].end;
  if (x_at + 1 < end && is_punctuation(x_source[x_at + 1])) {
    flush_copy(x_at);
    x_copied = x_at + 1;
    x_escaped = x_at + 1;
    x_at += 2;
  } else if (x_at + 1 == end && x_segment + 1 < x_segments->size()) {  // a hard line break
    flush_copy(x_at);
    x_document.lines[(*x_segments)[x_segment + 1].line].look.broken_before = true;
    go_on(x_at + 1);
  } else {
    ++x_at;
  }
}

void InlineScanner::backticks() {
  if (!x_runs_known) {
    x_runs_known = true;
    x_run = 0;
    x_runs.clear();
    for (std::size_t s = x_segment; s < x_segments->size(); ++s) {
      const std::uint32_t end = (*x_segments)[s].end;
      for (std::uint32_t at = s == x_segment ? x_at : (*x_segments)[s].begin; at < end; ++at) {
        if (x_source[at] != '`') continue;
        const std::uint32_t begin = at;
        while (at < end && x_source[at] == '`') ++at;
        x_runs.push_back({begin, at - begin, s});
      }
    }
    std::map<std::uint32_t, std::size_t> next;
    x_next_run.assign(x_runs.size(), none);
    for (std::size_t i = x_runs.size(); i-- > 0;) {
      const auto [known, fresh] = next.try_emplace(x_runs[i].length, i);
      if (!fresh) x_next_run[i] = std::exchange(known->second, i);
    }
  }
  while (x_run < x_runs.size() && x_runs[x_run].begin < x_at) ++x_run;
  const std::uint32_t end = (*x_segments)[x_segment].end;
  std::uint32_t behind = x_at;
  while (behind < end && x_source[behind] == '`') ++behind;
  const bool whole = x_run < x_runs.size() && x_runs[x_run].begin == x_at;  // not cut by an escape
  if (!whole || x_next_run[x_run] == none) {
    x_at = behind;
    return;
  }
  const Run& close = x_runs[x_next_run[x_run]];
  flush_copy(x_at);
  push(Kind::code_begin, x_at, behind);
  x_code_end = close.begin;
  x_code_close = close.begin + close.length;
  go_on(behind);
}

void InlineScanner::delimiter_run() {
  const char c = x_source[x_at];
  const InlineSegment& segment = (*x_segments)[x_segment];
  std::uint32_t behind = x_at;
  while (behind < segment.end && x_source[behind] == c) ++behind;
  const Delimiter run = make_delimiter(part(segment.begin, segment.end), x_at - segment.begin, behind - x_at);
  if (run.can_open || run.can_close) {
    flush_copy(x_at);
    push(Kind::delimiter, x_at, behind, static_cast<std::uint32_t>(x_delimiters.size()));
    x_unpaired.push_back(x_delimiters.size());
    x_delimiters.push_back(run);
    x_copied = behind;
  }
  x_at = behind;
}

void InlineScanner::ampersand() {
  auto reference = character_reference(part(x_at, (*x_segments)[x_segment].end));
  if (!reference) {
    ++x_at;
    return;
  }
  flush_copy(x_at);
  const auto behind = x_at + static_cast<std::uint32_t>(reference->bytes);
  push(Kind::replace, x_at, behind, static_cast<std::uint32_t>(x_replacements.size()));
  x_replacements.push_back(std::move(reference->text));
  go_on(behind);
}

void InlineScanner::less_than() {
  const std::uint32_t end = (*x_segments)[x_segment].end;
  std::uint32_t name = x_at + 1;
  if (name < end && x_source[name] == '!') {
    if (!comment()) ++x_at;
    return;
  }
  if (name < end && x_source[name] == '/') ++name;
  const std::uint32_t close = name < end && is_letter(x_source[name]) ? next_of('>', x_next_gt, name) : nowhere;
  const std::uint32_t bound = in_code() ? (x_code_end != 0 ? std::min(x_code_end, end) : end) : paragraph_end();
  if (close == nowhere || close >= bound) {
    ++x_at;
    return;
  }
  std::size_t segment = x_segment;
  while (close >= (*x_segments)[segment].end && segment + 1 < x_segments->size()) ++segment;
  if (close < (*x_segments)[segment].begin) {  // in a line's markup (the `>` of a block quote): no end of a tag
    ++x_at;
    return;
  }
  tag(close, segment);
}

bool InlineScanner::comment() {
  const std::uint32_t end = (*x_segments)[x_segment].end;
  const std::string_view rest = part(x_at, end);
  if (!rest.starts_with("<!--")) return false;
  const std::size_t close = x_at < x_no_comment_before ? std::string_view::npos : rest.find("-->", 4);
  if (close == std::string_view::npos) x_no_comment_before = end;
  if (close == std::string_view::npos || (x_code_end != 0 && x_at + close + 3 > x_code_end)) return false;
  flush_copy(x_at);
  const auto behind = x_at + static_cast<std::uint32_t>(close) + 3;
  push(Kind::raw, x_at, behind);
  go_on(behind);
  return true;
}

void InlineScanner::tag(std::uint32_t close, std::size_t segment) {
  const std::uint32_t begin = x_at;
  const std::string_view markup = part(begin, close + 1), inside = part(begin + 1, close);
  flush_copy(begin);
  const std::string name = lower_name(markup);
  const bool bare = std::none_of(inside.begin(), inside.end(), [](char c) { return is_space(c) || c == '<'; });
  const bool address = bare && is_letter(inside.front()) && inside.find_first_of(":@") != std::string_view::npos;
  const auto* marked = std::find_if(std::begin(tag_marks), std::end(tag_marks), [&](const TagMark& t) { return t.name == name; });
  if (address) {
    push(Kind::autolink, begin, close + 1, begin + 1, close);
  } else if (name == "br" && markup[1] != '/') {
    push(Kind::line_break, begin, close + 1);
  } else if (marked != std::end(tag_marks) && markup[1] != '/') {
    constexpr std::size_t deepest_tags = 8;
    if (x_open_tags.size() < deepest_tags) x_open_tags.push_back(x_tokens.size());
    push(Kind::raw, begin, close + 1);
    x_tokens.back().mark = marked->mark;
  } else {
    push(Kind::raw, begin, close + 1);
    while (marked != std::end(tag_marks) && !x_open_tags.empty()) {  // its partner, and what was left open within
      Token& open = x_tokens[x_open_tags.back()];
      x_open_tags.pop_back();
      if (open.mark != marked->mark) continue;
      open.kind = Kind::tag_begin;
      x_tokens.back().kind = Kind::tag_end;
      x_tokens.back().mark = open.mark;
      break;
    }
  }
  x_segment = segment;
  go_on(close + 1);
}

bool InlineScanner::footnote_label() {
  constexpr std::uint32_t longest = 100;
  const std::uint32_t end = std::min((*x_segments)[x_segment].end, x_at + longest);
  std::uint32_t at = x_at + 2;
  while (at < end && x_source[at] != ']' && x_source[at] != '[' && !is_space(x_source[at])) ++at;
  if (at >= end || x_source[at] != ']' || at == x_at + 2) return false;
  flush_copy(x_at);
  const Line& line = x_document.lines[(*x_segments)[x_segment].line];
  const bool defines = line.kind == LineKind::note && x_at == (*x_segments)[x_segment].begin;
  const std::uint32_t behind = at + (defines ? 2 : 1);
  push(Kind::footnote, x_at, behind, x_at + 2, at);
  go_on(behind);
  return true;
}

void InlineScanner::open_bracket() {
  const std::uint32_t end = (*x_segments)[x_segment].end;
  if (x_at + 1 < end && x_source[x_at + 1] == '^' && footnote_label()) return;
  const bool image = x_at > x_copied && x_source[x_at - 1] == '!' && x_escaped != x_at - 1;
  const std::uint32_t begin = image ? x_at - 1 : x_at;
  flush_copy(begin);
  x_brackets.push_back({x_tokens.size(), x_unpaired.size()});
  push(image ? Kind::image_bracket : Kind::bracket, begin, x_at + 1);
  go_on(x_at + 1);
}

void InlineScanner::close_bracket() {
  const std::uint32_t end = (*x_segments)[x_segment].end;
  Target target;
  if (x_at + 1 < end && x_source[x_at + 1] == '(') target = target_at(x_at + 2);
  if (x_code_end != 0 && target.after > x_code_end) target.good = false;
  if (in_code() || x_brackets.empty()) {
    ++x_at;
    if (!target.good) return;
    flush_copy(x_at);
    push(Kind::empty_link, x_at, target.after, target.begin, target.end);
    go_on(target.after);
    return;
  }
  const Bracket bracket = x_brackets.back();
  x_brackets.pop_back();
  if (!target.good) {
    ++x_at;
    return;
  }
  flush_copy(x_at);
  Token& open = x_tokens[bracket.token];
  const bool image = open.kind == Kind::image_bracket;
  open.kind = image ? Kind::image_begin : Kind::link_begin;
  open.a = target.begin;
  open.b = target.end;
  push(image ? Kind::image_end : Kind::link_end, x_at, target.after);
  pair_delimiters(x_delimiters, x_uses, x_unpaired, bracket.unpaired);
  if (!image) x_brackets.clear();  // no link holds another
  go_on(target.after);
}

InlineScanner::Target InlineScanner::target_at(std::uint32_t at) {
  const std::uint32_t end = (*x_segments)[x_segment].end;
  if (at < x_no_target_before) return {};
  std::uint32_t stop = at;
  while (stop < end && x_source[stop] != ')' && !is_space(x_source[stop])) ++stop;
  const std::uint32_t gt = x_source[at] == '<' ? next_of('>', x_next_gt, at) : nowhere;
  const bool angled = gt < end && gt + 1 < end && x_source[gt + 1] == ')';
  if (stop == end || x_source[stop] != ')') {  // blanks in the target: only `(<...>)`, which is a tag as well
    if (angled && at + 1 < end && is_letter(x_source[at + 1])) return {true, at + 1, gt, gt + 2};
    x_no_target_before = stop;
    return {};
  }
  if (stop == at) return {};
  Target target{true, at, stop, stop + 1};
  const std::uint32_t whole = angled ? gt + 1 : balanced_end(at);
  if (whole > stop && whole < end) {  // parentheses within the target; letters behind the first `)` stay text
    target.begin = angled ? at + 1 : at;
    target.end = angled ? gt : whole;
    if (!has_letters(part(stop, whole))) target.after = whole + 1;
  } else if (angled) {
    target.begin = at + 1;
    target.end = gt;
  }
  return target;
}

std::uint32_t InlineScanner::balanced_end(std::uint32_t at) const {
  const std::uint32_t end = (*x_segments)[x_segment].end;
  int depth = 0;
  for (; at < end && !is_space(x_source[at]); ++at) {
    if (x_source[at] == '(' && ++depth > 32) return 0;
    if (x_source[at] == ')' && depth-- == 0) return at;
  }
  return 0;
}

}  // namespace rapporteur
