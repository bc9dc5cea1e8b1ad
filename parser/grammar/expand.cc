// Stage grammar: the one walk over a pattern as written: pieces, capture names, and constructs that grammars may not use.

#include "grammar/expand.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace rapporteur {

namespace {

constexpr std::size_t expanded_most = 64 * 1024;  // bytes; PCRE2 compiles this in milliseconds

bool name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

std::string list_of(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

std::string known_words(std::string_view word, const std::vector<std::string>& known, std::string_view what) {
  if (const std::string near = nearest(word, known); !near.empty()) return fmt::format("did you mean {}?", near);
  return known.empty() ? fmt::format("there are no {} here", what) : fmt::format("{}: {}", what, list_of(known));
}

struct Forbidden { std::string_view begins, message, help; };
constexpr std::array<Forbidden, 14> forbidden = {{
    {"(*", "verbs like (*...) are not allowed in a grammar", "write a literal parenthesis and star as \\(\\*"},
    {"(?C", "callouts are not allowed in a grammar", "a grammar is data only; remove it"},
    {"(?P<", "captures are named with (?<name>...)", "leave out the P"},
    {"(?P=", "references to a capture are written \\k<name>", ""},
    {"(?P>", "calling a group is not allowed in a grammar", "put the group into [define] and use {{name}}"},
    {"(?'", "captures are named with (?<name>...)", "use < and > instead of quotes"},
    {"(?R", "recursion is not allowed in a grammar", "put the repeated part into [define] and use {{name}}"},
    {"(?&", "calling a group is not allowed in a grammar", "put the group into [define] and use {{name}}"},
    {"(?(", "conditions are not allowed in a grammar", "write two rules, or alternatives with |"},
    {"\\C", "\\C would split a letter and is not allowed", "use . for any character"},
    {"\\K", "\\K would move the beginning of the match and is not allowed", "use a lookbehind (?<=...)"},
    {"\\g", "\\g is not allowed in a grammar", "refer to a capture with \\k<name>"},
    {"(?0", "recursion is not allowed in a grammar", "put the repeated part into [define] and use {{name}}"},
    {"\\Q", "\\Q is not allowed in a grammar", "put a backslash before each special character"},
}};

/// Walks over one pattern.
class Walk {
 public:
  Walk(std::string_view written, const FindPiece& find, const std::vector<std::string>& piece_names)
      : x_written(written), x_find(find), x_piece_names(piece_names) {}

  Expanded run() {
    step(false);
    while (x_at < x_written.size()) next();
    if (x_out.text.size() > expanded_most)
      fault("G203", 0, x_written.size(), fmt::format("the pattern grows to {} bytes with its pieces", x_out.text.size()),
            fmt::format("the most is {}; move word lists into several rules", expanded_most));
    return std::move(x_out);
  }

 private:
  bool at(std::string_view word) const { return x_written.substr(x_at, word.size()) == word; }
  void copy(std::size_t count) {
    x_out.text += x_written.substr(x_at, count);
    x_at += std::min(count, x_written.size() - x_at);
  }
  void step(bool piece) {
    x_out.steps.push_back({static_cast<std::uint32_t>(x_out.text.size()), static_cast<std::uint32_t>(x_at), piece});
  }
  void fault(std::string code, std::size_t begin, std::size_t end, std::string message, std::string help,
             bool dependent = false) {
    x_out.faults.push_back({std::move(code), std::move(message), std::move(help), static_cast<std::uint32_t>(begin),
                            static_cast<std::uint32_t>(end), dependent});
  }

  void next() {
    if (x_in_class) return in_class();
    if (at("#")) return comment();
    if (at("{{")) return piece();
    check_forbidden();
    if (at("\\")) return copy(2);
    if (at("[")) return open_class();
    if (at("(?<") && !at("(?<=") && !at("(?<!")) return capture();
    copy(1);
  }

  void in_class() {
    if (at("\\")) return copy(2);
    if (at("[:")) {
      const std::size_t end = x_written.find(":]", x_at);
      if (end != std::string_view::npos) return copy(end + 2 - x_at);
    }
    if (at("]")) x_in_class = false;
    copy(1);
  }

  void open_class() {
    x_in_class = true;
    copy(at("[^") ? 2 : 1);
    if (at("]")) copy(1);  // a bracket that comes first stands for itself
  }

  void comment() { copy(std::min(x_written.find('\n', x_at), x_written.size()) - x_at); }

  void check_forbidden() {
    for (const Forbidden& item : forbidden)
      if (at(item.begins)) return fault("G204", x_at, x_at + item.begins.size(), std::string(item.message), std::string(item.help));
    const char digit = x_at + 1 < x_written.size() && x_written[x_at] == '\\' ? x_written[x_at + 1] : ' ';
    if (digit >= '1' && digit <= '9')
      fault("G204", x_at, x_at + 2, "parentheses have no numbers here, only names", "refer to a capture with \\k<name>");
  }

  void capture() {
    const std::size_t begin = x_at + 3;
    std::size_t end = begin;
    while (end < x_written.size() && name_letter(x_written[end])) ++end;
    const std::string_view name = x_written.substr(begin, end - begin);
    if (!capture_named(name))
      fault("G106", begin, std::max(end, begin + 1), fmt::format("unknown capture \"{}\"", name),
            known_words(name, capture_names(), "captures"));
    copy(end - x_at);
  }

  void piece() {
    const std::size_t begin = x_at;
    const std::size_t close = x_written.find("}}", x_at);
    if (close == std::string_view::npos) {
      fault("G205", begin, begin + 2, "{{ is never closed", "a piece is put in as {{name}}; write a literal brace as \\{");
      return copy(x_written.size() - x_at);
    }
    std::size_t word_end = begin + 2;
    while (word_end < close && name_letter(x_written[word_end])) ++word_end;
    const std::string_view name = x_written.substr(begin + 2, word_end - begin - 2);
    put(name, x_written.substr(word_end, close - word_end), begin, close + 2);
    x_at = close + 2;
    step(false);
  }

  void put(std::string_view name, std::string_view how, std::size_t begin, std::size_t end) {
    if (!how.empty() && how != " as second" && how != " as words")
      return fault("G205", begin, end, fmt::format("\"{{{{{}{}}}}}\" is no way to put a piece in", name, how),
                   "write {{name}}, {{name as second}} or {{name as words}}");
    const PieceFound found = x_find(name);
    if (!found.known)
      return fault("G107", begin, end, fmt::format("there is no piece \"{}\"", name), known_words(name, x_piece_names, "pieces"));
    x_out.used.emplace_back(name);
    if (found.broken) return fault("G107", begin, end, fmt::format("the piece \"{}\" is broken", name), "", true);
    step(true);
    x_out.text += "(?:";
    x_out.text += how.empty() ? std::string(found.text) : renamed(found.text, how == " as second", begin, end);
    // a piece may end in a comment, which must not swallow the parenthesis
    x_out.text += found.text.find('#') == std::string_view::npos ? ")" : "\n)";
  }

  /// The piece with its captures turned into their second forms, or into plain groups.
  std::string renamed(std::string_view text, bool second, std::size_t begin, std::size_t end) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
      const bool escape = text[i] == '\\';
      const bool names = text.substr(i, 3) == "(?<" && i + 3 < text.size() && text[i + 3] != '=' && text[i + 3] != '!';
      if (!names) {
        out += text.substr(i, escape ? 2 : 1);
        i += escape ? 2 : 1;
        continue;
      }
      const std::size_t close = std::min(text.find('>', i), text.size() - 1);
      const std::string name = std::string(text.substr(i + 3, close - i - 3)) + "2";
      if (second && !capture_named(name))
        fault("G206", begin, end, fmt::format("the capture \"{}\" has no second form", name.substr(0, name.size() - 1)),
              "day, month, year, label and number have one; use {{name as words}} where the captures are not needed");
      out += second ? "(?<" + name + ">" : "(?:";
      i = close + 1;
    }
    return out;
  }

  std::string_view x_written;
  const FindPiece& x_find;
  const std::vector<std::string>& x_piece_names;
  std::size_t x_at = 0;
  bool x_in_class = false;
  Expanded x_out;
};

}  // namespace

std::uint32_t Expanded::written_at(std::uint32_t offset) const {
  const auto after = std::upper_bound(steps.begin(), steps.end(), offset,
                                      [](std::uint32_t value, const Step& step) { return value < step.from; });
  if (after == steps.begin()) return offset;
  const Step& step = *(after - 1);
  return step.piece ? step.to : step.to + (offset - step.from);
}

Expanded expand(std::string_view written, const FindPiece& find, const std::vector<std::string>& piece_names) {
  return Walk(written, find, piece_names).run();
}

}  // namespace rapporteur
