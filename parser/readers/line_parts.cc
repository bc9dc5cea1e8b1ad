// Stage readers: cutting lines and judging their letters. Hot: every byte of every text passes here once.

#include "readers/line_parts.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include <utf8proc.h>

#include "text/byte_masks.h"

namespace rapporteur {

LineCutter::LineCutter(const Source& source) : x_source(&source), x_text(source.text()) {
  x_next_cr = x_text.find('\r');
  x_next_ff = x_text.find('\f');
  x_paged = x_next_ff != std::string_view::npos;
  if (x_next_cr != std::string_view::npos && x_text.find('\n') == std::string_view::npos) x_counted = '\r';
  if (x_paged) x_page = 1;
  if (x_text.starts_with("\xEF\xBB\xBF")) x_at = 3;
}

std::uint32_t LineCutter::line_end() {
  // Each search goes on where the last one stopped, so that a text full of one line end and poor in another stays linear.
  const auto nearest_of = [this](char wanted, std::size_t& known) {
    if (known != std::string_view::npos && known < x_at) known = x_text.find(wanted, x_at);
    return known;
  };
  std::size_t end = std::min(nearest_of('\r', x_next_cr), nearest_of('\f', x_next_ff));
  if (x_counted == '\n') {
    if (x_number < x_source->line_count()) end = std::min<std::size_t>(end, x_source->line_begin(x_number + 1) - 1);
    else if (x_text.ends_with('\n')) end = std::min(end, x_text.size() - 1);
  }
  return static_cast<std::uint32_t>(std::min(end, x_text.size()));
}

bool LineCutter::next(PhysicalLine& line) {
  if (x_at >= x_text.size()) return false;
  line = {x_at, line_end(), x_number, x_page, x_page_begins};
  x_page_begins = false;
  x_at = line.end;
  if (x_at < x_text.size() && x_text[x_at] == '\f') {
    ++x_at;
    if (x_page < 0xffff) ++x_page;
    x_page_begins = true;
    return true;
  }
  while (x_at < x_text.size() && x_text[x_at] == '\r') {  // CRLF, and the CR CR LF of careless converters
    if (x_counted == '\r') ++x_number;
    ++x_at;
    if (x_counted == '\r' || (x_at < x_text.size() && x_text[x_at] != '\r' && x_text[x_at] != '\n')) return true;
  }
  if (x_at < x_text.size() && x_text[x_at] == '\n') {
    ++x_at;
    ++x_number;
  }
  return true;
}

void LineCutter::resume_at(std::uint32_t offset) {
  LineCutter before = *this;
  for (PhysicalLine passed; x_at < offset && next(passed);) {
    if (x_at > offset) break;
    before = *this;
  }
  if (x_at <= offset) return;
  *this = before;
  x_at = offset;
}

namespace {

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> table{};
  for (int c = 0; c < 256; ++c) {
    if (c >= 'a' && c <= 'z') table[c] = lower_letter;
    else if (c >= 'A' && c <= 'Z') table[c] = upper_letter;
    else if (c >= '0' && c <= '9') table[c] = digit;
    else if (c >= 0x80) table[c] = beyond_ascii;
    else if ((c < 0x20 && c != '\t') || c == 0x7F) table[c] = control;
    else if (c != ' ' && c != '\t') table[c] = mark;
  }
  for (const char c : std::string_view("\\`*_[]<&~")) table[static_cast<unsigned char>(c)] = markup;
  table['|'] = pipe;
  return table;
}
constexpr std::array<std::uint8_t, 256> classes_of_bytes = make_classes();

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool upper_only_beyond_ascii(std::string_view text) {
  int letters = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_point(text, at);
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(point))) {
      case UTF8PROC_CATEGORY_LL: return false;
      case UTF8PROC_CATEGORY_LU:
      case UTF8PROC_CATEGORY_LT: ++letters; break;
      default: break;
    }
  }
  return letters >= 2;
}

}  // namespace

/// Letters, digits and blanks, nearly all of most texts, are told 64 at a time; what is left is looked up.
std::uint8_t byte_classes(std::string_view text) {
  std::uint64_t lower = 0, upper = 0, digits = 0, beyond = 0;
  std::uint32_t all = 0;
  for (std::size_t base = 0; base < text.size(); base += 64) {
    const ByteMasks masks = byte_masks(text, base);
    lower |= masks.letters & ~masks.capitals;
    upper |= masks.capitals;
    digits |= masks.digits;
    beyond |= masks.beyond_ascii;
    const std::size_t left = text.size() - base;
    std::uint64_t others = ~(masks.letters | masks.digits | masks.blanks | masks.beyond_ascii) & (left < 64 ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0});
    for (; others != 0; others &= others - 1) all |= classes_of_bytes[static_cast<unsigned char>(text[base + static_cast<std::size_t>(std::countr_zero(others))])];
  }
  if (lower != 0) all |= lower_letter;
  if (upper != 0) all |= upper_letter;
  if (digits != 0) all |= digit;
  if (beyond != 0) all |= beyond_ascii;
  return static_cast<std::uint8_t>(all);
}

Indent indent_of(std::string_view text, std::uint32_t column) {
  Indent indent{0, 0};
  const std::uint32_t from = column;
  for (; indent.bytes < text.size() && is_blank(text[indent.bytes]); ++indent.bytes)
    column = text[indent.bytes] == '\t' ? (column / 4 + 1) * 4 : column + 1;
  indent.columns = column - from;
  return indent;
}

namespace {

/// Bytes of the blank or zero-width code point that begins at `at`, 0 where a visible one stands there.
std::uint32_t unseen_at(std::string_view text, std::size_t at, bool& zero_width) {
  std::size_t after = at;
  const char32_t point = next_point(text, after);
  zero_width = point != 0xAD && is_invisible_point(point);
  return zero_width || is_blank_point(point) ? static_cast<std::uint32_t>(after - at) : 0;
}

std::uint32_t end_of_visible(std::string_view text, std::uint32_t begin) {
  std::uint32_t end = static_cast<std::uint32_t>(text.size());
  while (end > begin) {
    const char last = text[end - 1];
    if (is_blank(last) || last == '\r') {
      --end;
    } else if (static_cast<unsigned char>(last) < 0x80) {
      break;
    } else {
      std::uint32_t lead = end - 1;
      while (lead > begin && (static_cast<unsigned char>(text[lead]) & 0xC0) == 0x80) --lead;
      std::size_t after = lead;
      if (!is_blank_point(next_point(text, after))) break;
      end = lead;
    }
  }
  return end;
}

}  // namespace

Visible visible_part(std::string_view text) {
  Indent indent = indent_of(text);
  while (indent.bytes < text.size() && static_cast<unsigned char>(text[indent.bytes]) >= 0x80) {
    bool zero_width = false;
    const std::uint32_t bytes = unseen_at(text, indent.bytes, zero_width);
    if (bytes == 0) break;
    indent.bytes += bytes;
    indent.columns += zero_width ? 0 : 1;
    const Indent more = indent_of(text.substr(indent.bytes), indent.columns);
    indent.bytes += more.bytes;
    indent.columns += more.columns;
  }
  return {indent.bytes, end_of_visible(text, indent.bytes), indent.columns};
}

bool all_capitals(std::string_view text, std::uint8_t classes) {
  if (classes & lower_letter) return false;
  if (classes & beyond_ascii) return upper_only_beyond_ascii(text);
  if (!(classes & upper_letter)) return false;
  int letters = 0;
  for (const char c : text) letters += c >= 'A' && c <= 'Z';
  return letters >= 2;
}

bool is_rule(std::string_view text) {
  std::size_t marks = 0, dots = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_point(text, at);
    const bool mark = point < 0x80 ? point != 0 && std::strchr("-_=*~+:#|", static_cast<int>(point)) != nullptr
                                   : (point >= 0x2010 && point <= 0x2015) || (point >= 0x2500 && point <= 0x257F) ||
                                         point == 0xAF || point == 0xAD || point == 0x2022 || point == 0xB7;
    if (mark) ++marks;
    else if (point == '.') ++dots;
    else if (point != ' ' && point != '\t' && point != '\\' && point != 0xA0) return false;
  }
  return marks >= 3 && (marks >= dots || dots == 0);
}

std::string_view TextStore::keep(std::string_view text) {
  constexpr std::size_t piece = 1 << 16;
  if (x_store.empty() || x_store.back().capacity() - x_store.back().size() < text.size()) {
    x_store.emplace_back();
    x_store.back().reserve(std::max(piece, text.size()));
  }
  std::string& into = x_store.back();
  const std::size_t begin = into.size();
  into.append(text);
  return std::string_view(into).substr(begin);
}

void ContentBuilder::spill() {
  if (!x_single) return;
  x_single = false;
  if (x_begin == x_end) return;
  x_map.skip_to(0, x_begin);
  x_text.append(x_source.substr(x_begin, x_end - x_begin));
}

void ContentBuilder::copy(std::uint32_t begin, std::uint32_t end) {
  if (begin == end) return;
  if (x_single && x_begin == x_end) {
    x_begin = begin;
  } else if (begin != x_end || !x_single) {
    spill();
    if (begin != x_end || x_text.empty()) x_map.skip_to(size(), begin);
    x_text.append(x_source.substr(begin, end - begin));
  }
  x_end = end;
}

void ContentBuilder::replace(std::uint32_t begin, std::uint32_t end, std::string_view text) {
  spill();
  const std::uint32_t from = size();
  x_text.append(text);
  x_map.replaced(from, begin, size(), end);
  x_end = end;
}

void ContentBuilder::finish(Line& line, std::uint32_t at) {
  if (x_single) {
    line.content = x_source.substr(x_begin, x_end - x_begin);
    line.content_to_source = OffsetMap(x_begin == x_end ? at : x_begin);
  } else {
    line.content = x_store.keep(x_text);
    line.content_to_source = std::move(x_map);
    if (line.content_to_source.identity()) line.content_to_source.set_base(at);
  }
}

char32_t next_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  char32_t point = lead & (0x3F >> more);
  for (; more > 0 && at < text.size(); --more) point = (point << 6) | (static_cast<unsigned char>(text[at++]) & 0x3F);
  return point;
}

}  // namespace rapporteur
