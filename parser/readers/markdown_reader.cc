// Stage readers: the block structure of Markdown. One source line, one Line; containers (quotes, lists) are only counted.
//
// It departs from CommonMark where OCR output needs it: an indent of four is no code block, labels of lists stay text,
// a fence that nothing closes is no fence, a comment may run over blank lines.

#include "readers/markdown_reader.h"

#include <algorithm>
#include <optional>

#include <utf8proc.h>

#include "readers/layout.h"
#include "readers/line_parts.h"
#include "readers/markdown_blocks.h"
#include "readers/markdown_inline.h"

namespace rapporteur {

namespace {

constexpr std::size_t longest_setext = 4;  // lines; a longer paragraph above a row of dashes is no heading

class MarkdownReader {
 public:
  explicit MarkdownReader(SourcePtr source)
      : x_text(source->text()), x_cutter(*source), x_store(x_document.store), x_scanner(x_text, x_document, x_store) {
    x_document.lines.reserve(std::min<std::size_t>(source->line_count(), x_text.size() / 24 + 16));
    x_document.source = std::move(source);
  }

  Document read() {
    x_front_matter_end = front_matter_end(*x_document.source);
    x_title_block_end = title_block_end(*x_document.source);
    for (PhysicalLine physical; x_cutter.next(physical);) take(physical);
    flush();
    x_document.paged = x_cutter.paged();
    open_frames(x_document);
    close_double_spacing(x_document);
    return std::move(x_document);
  }

 private:
  using Part = MarkdownPart;

  // == one physical line ==

  void take(const PhysicalLine& physical) {
    x_page_begins = x_page_begins || physical.page_begins;
    if (x_page_begins) flush();
    Part part = markdown_part(x_text, physical);
    if (part.begin == part.end) return take_blank(part);
    part.classes = byte_classes(words(part));
    if (physical.begin < x_front_matter_end) return take_literal(part, !x_document.lines.empty());
    if (physical.begin < x_title_block_end) return take_title_line(part);
    if (x_fence.length != 0) return take_fenced(part);
    if (part.quote_depth != x_quote_depth) {
      flush();
      x_lists.clear();
      x_quote_depth = part.quote_depth;
    }
    if ((part.classes & markup) && take_long_comment(part)) return;
    take_block(part);
  }

  void take_blank(const Part& part) {
    flush();
    if (part.quote_depth > 0 && !x_document.lines.empty()) x_document.lines.back().span.end = part.end;
    else if (part.quote_depth > 0) raw_line(part, part.physical.begin, part.end);
    x_in_table = false;
    ++x_blanks;
  }

  void take_block(const Part& part) {
    const std::string_view text = words(part);
    if (opens_fence(part, text)) return take_fenced(part);
    if (!(part.classes & (lower_letter | upper_letter | digit)) && is_rule(text)) return take_rule(part, text);
    if (x_in_table && (part.classes & pipe)) return take_row(part);
    x_in_table = false;
    if (text.size() >= 2 && text.front() == '|' && text.back() == '|') {
      flush();
      return take_row(part);
    }
    if (const int level = atx_level(text)) return take_heading(part, level);
    take_text(part, text);
  }

  // == kinds ==

  void take_text(const Part& part, std::string_view text) {
    const auto label = list_label(text);
    const bool note = text.starts_with("[^") && is_note(text);
    if (note || (label && (x_paragraph.empty() || label->may_interrupt || !x_lists.empty()))) flush();
    if (label) enter_item(part.indent, *label);
    else if (x_paragraph.empty()) leave_items(part.indent);
    Line& line = begin_line(part);
    if (note) line.kind = LineKind::note;
    line.look.broken_before = x_paragraph.empty() ? false : x_breaks;
    x_breaks = x_text.substr(part.end, part.physical.end - part.end).starts_with("  ");
    x_paragraph.push_back({x_document.lines.size() - 1, part.begin, part.end, part.classes});
    x_paragraph_classes |= part.classes;
    x_paragraph_is_item = x_paragraph.size() == 1 ? label.has_value() : x_paragraph_is_item;
  }

  void take_heading(const Part& part, int level) {
    flush();
    x_lists.clear();
    Line& line = begin_line(part);
    line.look.heading = static_cast<std::uint8_t>(level);
    const auto [begin, end] = atx_words(x_text, part.begin, part.end, level);
    x_paragraph.push_back({x_document.lines.size() - 1, begin, end});
    x_paragraph_classes = part.classes;
    flush();
  }

  /// "% Report of the Council": a line of pandoc's title block. Each of its fields is a block of its own.
  void take_title_line(const Part& part) {
    const std::string_view text = words(part);
    if (text.front() == '%') flush();
    begin_line(part);
    const std::size_t mark = text.front() == '%' ? std::min(text.find_first_not_of(" \t", 1), text.size()) : 0;
    x_paragraph.push_back({x_document.lines.size() - 1, part.begin + static_cast<std::uint32_t>(mark), part.end, part.classes});
    x_paragraph_classes |= part.classes;
  }

  void take_rule(const Part& part, std::string_view text) {
    const bool pipes = part.classes & pipe;
    if (pipes && !x_paragraph.empty() && !x_in_table) header_from_paragraph();
    else if (pipes && x_in_table) mark_header(x_document.lines.back());
    const bool underline = text.find_first_not_of(text.front()) == std::string_view::npos && (text.front() == '-' || text.front() == '=');
    if (underline && !x_paragraph.empty() && x_paragraph.size() <= longest_setext && !x_paragraph_is_item && !(text.front() == '-' && paragraph_is_prose())) {
      for (const InlineSegment& segment : x_paragraph) x_document.lines[segment.line].look.heading = text.front() == '=' ? 1 : 2;
    }
    const bool joined = !x_paragraph.empty() || x_in_table;
    flush();
    if (!joined) leave_items(part.indent);
    Line& line = begin_line(part);
    line.kind = LineKind::rule;
    if (text.find('\\') == std::string_view::npos) return set_plain(line, part);
    x_paragraph.push_back({x_document.lines.size() - 1, part.begin, part.end});
    x_paragraph_classes = part.classes;
    flush();
  }

  /// Whoever writes "---" right below a sentence means a rule: to CommonMark it makes a heading of the whole paragraph.
  bool paragraph_is_prose() const {
    constexpr std::size_t kShort = 40;  // bytes of a heading that ends in a stop ("Welcome.")
    const InlineSegment& last = x_paragraph.back();
    const std::string_view text = x_text.substr(last.begin, last.end - last.begin);
    return text.ends_with('.') && (x_paragraph.size() > 1 || text.size() > kShort);
  }

  /// The paragraph so far ends in the header row of a table, whose delimiter row comes now.
  void header_from_paragraph() {
    const InlineSegment header = x_paragraph.back();
    if (x_text.substr(header.begin, header.end - header.begin).find('|') == std::string_view::npos) return;
    x_paragraph.pop_back();
    flush();
    Line& line = x_document.lines[header.line];
    line.kind = LineKind::table_row;
    fill_row(header, true);
    x_in_table = true;
  }

  void take_row(const Part& part) {
    begin_line(part).kind = LineKind::table_row;
    fill_row({x_document.lines.size() - 1, part.begin, part.end}, false);
    x_in_table = true;
  }

  void fill_row(const InlineSegment& row, bool header) {
    split_row(x_text, row, x_cells);
    x_scanner.scan_row(x_cells, header);
    finish(x_document.lines[row.line]);
  }

  static void mark_header(Line& row) {
    for (Mark& mark : row.marks) mark.header = mark.header || (mark.kind == MarkKind::cell && row.kind == LineKind::table_row);
  }

  // == literal blocks ==

  bool opens_fence(const Part& part, std::string_view text) {
    const Fence fence = fence_of(text);
    if (fence.length == 0) return false;
    if (!x_fences) x_fences.emplace(*x_document.source);
    if (!x_fences->closes_behind(part.end, fence)) return false;
    flush();
    x_fence = fence;
    x_fence_opens = true;
    return true;
  }

  void take_fenced(const Part& part) {
    const Fence here = fence_of(words(part));
    const bool opens = x_fence_opens;
    const bool closes = !opens && here.bare && here.character == x_fence.character && here.length >= x_fence.length;
    x_fence_opens = false;
    take_literal(part, !opens);
    if (closes) x_fence = {};
  }

  void take_literal(const Part& part, bool joins) {
    Line& line = begin_line(part, joins);
    line.kind = LineKind::code;
    if (!(part.classes & markup)) return set_plain(line, part);
    x_scanner.scan_literal({x_document.lines.size() - 1, part.begin, part.end});
    finish(x_document.lines.back());
  }

  // == comments that run over lines ==

  bool take_long_comment(const Part& part) {
    const std::string_view text = words(part);
    std::size_t open = text.find("<!--");
    for (std::size_t close; open != std::string_view::npos && (close = text.find("-->", open + 4)) != std::string_view::npos;)
      open = text.find("<!--", close + 3);
    if (open == std::string_view::npos || x_no_comment_end) return false;
    const auto begin = part.begin + static_cast<std::uint32_t>(open);
    const std::size_t close = x_text.find("-->", begin + 4);
    x_no_comment_end = close == std::string_view::npos;
    if (x_no_comment_end) return false;
    take_before_comment(part, begin);
    flush();
    const auto end = static_cast<std::uint32_t>(close) + 3;
    raw_line(part, open == 0 ? part.physical.begin : begin, end);
    x_cutter.resume_at(end);
    return true;
  }

  void take_before_comment(const Part& part, std::uint32_t end) {
    Part front = part;
    const Visible visible = visible_part(x_text.substr(part.begin, end - part.begin));
    front.end = part.begin + visible.end;
    if (front.begin == front.end) return;
    front.classes = byte_classes(words(front));
    take_block(front);
  }

  /// A line of markup only; bytes [begin, end) of the source.
  void raw_line(const Part& part, std::uint32_t begin, std::uint32_t end) {
    Line& line = begin_line(part);
    line.kind = LineKind::raw;
    line.span = {begin, end};
    line.content = line.match = x_text.substr(begin, 0);
    line.content_to_source.set_base(begin);
    const std::string_view markup_text = x_text.substr(begin, end - begin);
    line.marks.push_back({MarkKind::raw, 0, 0, std::string(markup_text), 1, 1, false});
  }

  // == lists ==

  void enter_item(std::uint32_t indent, const ListLabel& label) {
    while (!x_lists.empty() && indent < x_lists.back().content && indent < x_lists.back().label + 2) x_lists.pop_back();
    x_lists.push_back({indent, indent + label.columns});
  }

  void leave_items(std::uint32_t indent) {
    while (!x_lists.empty() && indent < x_lists.back().content && indent < x_lists.back().label + 2) x_lists.pop_back();
  }

  // == lines ==

  /// `joins`: it goes on with the block of the line before, as rows of a table and lines of a literal block do.
  Line& begin_line(const Part& part, bool joins = false) {
    if (x_paragraph.empty() && (x_blanks > 0 || x_page_begins || !(joins || x_in_table))) ++x_block;
    Line& line = x_document.lines.emplace_back();
    line.span = {part.physical.begin, part.end};
    line.number = part.physical.number;
    line.block = x_block;
    Look& look = line.look;
    look.indent = static_cast<std::uint16_t>(std::min<std::uint32_t>(part.indent, 0xffff));
    look.blank_before = static_cast<std::uint16_t>(std::min<std::uint32_t>(x_blanks, 0xffff));
    look.quote_depth = part.quote_depth;
    look.list_depth = static_cast<std::uint8_t>(std::min<std::size_t>(x_lists.size(), 0xff));
    look.page = part.physical.page;
    look.page_begins = x_page_begins;
    x_blanks = 0;
    x_page_begins = false;
    return line;
  }

  void flush() {
    if (x_paragraph.empty()) return;
    if (x_paragraph_classes & markup) {
      x_scanner.scan_paragraph(x_paragraph);
      for (const InlineSegment& segment : x_paragraph) finish(x_document.lines[segment.line]);
    } else {
      for (const InlineSegment& segment : x_paragraph) {
        Line& line = x_document.lines[segment.line];
        line.content = x_text.substr(segment.begin, segment.end - segment.begin);
        line.content_to_source.set_base(segment.begin);
        finish(line, segment.classes);
      }
    }
    x_paragraph.clear();
    x_paragraph_classes = 0;
    x_breaks = false;
  }

  void set_plain(Line& line, const Part& part) {
    line.content = words(part);
    line.content_to_source.set_base(part.begin);
    finish(line, part.classes);
  }

  /// What follows from the content: the match text, capitals, and whether all letters are bold or italic. `classes` are
  /// those of the content; 0: not known.
  void finish(Line& line, std::uint8_t classes = 0) {
    if (classes == 0) classes = byte_classes(line.content);
    line.look.capitals = all_capitals(line.content, classes);
    make_match(line, classes, x_store);
    if (line.marks.empty() && !line.content.empty()) return;
    line.look.bold = all_letters_in(line, MarkKind::strong);
    line.look.italic = all_letters_in(line, MarkKind::emph);
    if (!line.content.empty() || line.kind == LineKind::table_row) return;
    if (line.marks.empty()) {
      const std::string_view printed = x_text.substr(line.span.begin, line.span.size());
      line.marks.push_back({MarkKind::raw, 0, 0, std::string(printed), 1, 1, false});
    }
    const bool shown = std::any_of(line.marks.begin(), line.marks.end(), [](const Mark& m) { return m.kind != MarkKind::raw; });
    if (!shown) line.kind = LineKind::raw;
  }

  std::string_view words(const Part& part) const { return x_text.substr(part.begin, part.end - part.begin); }

  struct Item {
    std::uint32_t label, content;  // columns
  };

  std::string_view x_text;
  Document x_document;
  LineCutter x_cutter;
  TextStore x_store;
  InlineScanner x_scanner;
  std::vector<InlineSegment> x_paragraph;  // lines whose content waits for the end of their paragraph
  std::uint8_t x_paragraph_classes = 0;
  bool x_paragraph_is_item = false;
  bool x_breaks = false;                   // the line before ended with a hard break
  std::vector<InlineSegment> x_cells;
  std::vector<Item> x_lists;
  std::optional<FenceIndex> x_fences;
  Fence x_fence;
  bool x_fence_opens = false;
  bool x_in_table = false;
  bool x_no_comment_end = false;
  bool x_page_begins = false;
  std::uint8_t x_quote_depth = 0;
  std::uint32_t x_front_matter_end = 0, x_title_block_end = 0;
  std::uint32_t x_blanks = 0;
  std::uint32_t x_block = 0;
};

}  // namespace

Document read_markdown(SourcePtr source) { return MarkdownReader(std::move(source)).read(); }

}  // namespace rapporteur
