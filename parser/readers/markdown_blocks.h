// Stage readers: what the front of a Markdown line says: quotes, list labels, headings, fences, rows, front matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "readers/line_parts.h"
#include "readers/markdown_inline.h"

namespace rapporteur {

/// A physical line without quote marks, indentation and blanks at its end.
struct MarkdownPart {
  PhysicalLine physical;
  std::uint32_t begin = 0;       ///< bytes of the source
  std::uint32_t end = 0;
  std::uint32_t indent = 0;      ///< columns, behind the quote marks
  std::uint8_t quote_depth = 0;  ///< 255 at most
  std::uint8_t classes = 0;      ///< byte classes of [begin, end), filled by the caller
};
MarkdownPart markdown_part(std::string_view source, const PhysicalLine& physical);

/// `- `, `* `, `+ `, `7. `, `7) ` at the front of a line.
struct ListLabel {
  std::uint32_t columns = 0;   ///< with the blanks behind it (five blanks or more count as one)
  bool may_interrupt = false;  ///< may begin an item right below a paragraph's line: bullets, and 1
};
std::optional<ListLabel> list_label(std::string_view text);

/// 1..6 for `# ` to `###### `, else 0.
int atx_level(std::string_view text);
/// The words of an ATX heading in source bytes [begin, end): without its opening and closing `#`.
std::pair<std::uint32_t, std::uint32_t> atx_words(std::string_view source, std::uint32_t begin, std::uint32_t end, int level);

/// `[^label]:` at the front.
bool is_note(std::string_view text);

struct Fence {
  char character = 0;
  std::uint32_t length = 0;  ///< 0: no fence
  bool bare = false;         ///< nothing behind it: it may close
};
Fence fence_of(std::string_view text);

/// Where fences may close, for a fence that nothing closes must not swallow the rest of a document.
class FenceIndex {
 public:
  explicit FenceIndex(const Source& source);
  bool closes_behind(std::uint32_t offset, const Fence& fence) const;

 private:
  struct Entry {
    std::uint32_t at;
    std::uint32_t longest;  // of this and all later ones
  };
  std::vector<Entry> x_backticks, x_tildes;
};

/// Cells of a row, blanks at their ends left out; pipes that are escaped or at the row's ends separate nothing.
void split_row(std::string_view source, const InlineSegment& row, std::vector<InlineSegment>& cells);

/// End of the YAML block at the head of a document (behind its last line), 0 where there is none.
std::uint32_t front_matter_end(const Source& source);

/// End of the title block that pandoc knows (up to three lines at the head of a document that begin with a percent sign:
/// title, authors, date; a line that goes on begins with a blank), 0 where there is none.
std::uint32_t title_block_end(const Source& source);

/// Whether the line has letters and all of them lie in marks of this kind.
bool all_letters_in(const Line& line, MarkKind kind);

}  // namespace rapporteur
