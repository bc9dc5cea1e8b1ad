// Stage search: reading a question.
//
// The words are cut by blanks and quotation marks, then joined as FTS5 wants them: (a AND (b OR c)) NOT (d OR e).

#include "search/question.h"

#include <utf8proc.h>

#include <array>
#include <vector>

namespace rapporteur::search {

namespace {

struct Term {
  std::string text;      ///< words, without marks
  bool quoted = false;
  bool without = false;  ///< - before it
  bool begins = false;   ///< * after it
};

struct Marks {
  std::string_view open, close;
};
constexpr std::array<Marks, 4> quotation_marks{{{"\"", "\""}, {"\u201c", "\u201d"}, {"\u201e", "\u201c"}, {"\u00ab", "\u00bb"}}};

Diagnostic fault(const char* code, std::string message, std::string help) {
  return {.severity = Severity::error, .code = code, .message = std::move(message), .help = std::move(help)};
}

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Whether there is a letter or digit in it, which is what the index knows words by.
bool has_word(std::string_view text) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t letter = 0;
    const utf8proc_ssize_t bytes = utf8proc_iterate(at, left, &letter);
    if (bytes <= 0) {
      ++at, --left;
      continue;
    }
    const utf8proc_category_t kind = utf8proc_category(letter);
    const bool mark = kind == UTF8PROC_CATEGORY_CO;
    if (mark || (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO)) return true;
    if (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO) return true;
    at += bytes, left -= bytes;
  }
  return false;
}

/// Reads one term off the front of `rest`. False: a quotation mark is not closed.
bool take_term(std::string_view& rest, Term& term) {
  if (rest.front() == '-' && rest.size() > 1 && !blank(rest[1])) {
    term.without = true;
    rest.remove_prefix(1);
  }
  for (const Marks& marks : quotation_marks)
    if (rest.substr(0, marks.open.size()) == marks.open) {
      rest.remove_prefix(marks.open.size());
      const std::size_t end = rest.find(marks.close);
      if (end == std::string_view::npos) return false;
      term.quoted = true;
      term.text = rest.substr(0, end);
      rest.remove_prefix(end + marks.close.size());
      return true;
    }
  std::size_t end = 0;
  while (end < rest.size() && !blank(rest[end]) && rest[end] != '"') ++end;
  term.text = rest.substr(0, end);
  rest.remove_prefix(end);
  term.begins = term.text.size() > 1 && term.text.back() == '*';
  if (term.begins) term.text.pop_back();
  return true;
}

std::string quoted(const Term& term) {
  std::string out = "\"";
  for (const char c : term.text) {
    if (c == '\0') continue;
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
  return term.begins ? out + '*' : out;
}

std::string joined(const std::vector<std::string>& parts, const char* by) {
  if (parts.size() == 1) return parts.front();
  std::string out = "(";
  for (const std::string& part : parts) {
    if (out.size() > 1) out += by;
    out += part;
  }
  return out + ')';
}

/// Groups of which each must occur; within a group any one will do.
struct Grouped {
  std::vector<std::vector<std::string>> wanted;
  std::vector<std::string> unwanted;
  bool open = false;  ///< OR was said and waits for its second word
};

bool add(Grouped& to, const Term& term) {
  if (!term.quoted && !term.without && term.text == "OR") {
    const bool allowed = !to.wanted.empty() && !to.open;
    to.open = true;
    return allowed;
  }
  if ((!term.quoted && term.text == "AND") || !has_word(term.text)) return true;
  if (term.without) {
    to.unwanted.push_back(quoted(term));
    return !to.open;
  }
  if (to.open) to.wanted.back().push_back(quoted(term));
  else to.wanted.push_back({quoted(term)});
  to.open = false;
  return true;
}

Result<std::string> expression(const Grouped& terms, std::string_view words) {
  if (terms.wanted.empty())
    return fault("S201", terms.unwanted.empty() ? "there is no word to look for in '" + std::string(words) + "'" : "there are only words to leave out",
                 "give at least one word that shall occur");
  std::vector<std::string> groups;
  for (const auto& group : terms.wanted) groups.push_back(joined(group, " OR "));
  const std::string wanted = joined(groups, " AND ");
  return terms.unwanted.empty() ? wanted : wanted + " NOT " + joined(terms.unwanted, " OR ");
}

}  // namespace

Result<std::string> fts_expression(std::string_view words) {
  Grouped terms;
  std::string_view rest = words;
  bool blank_only = true;
  while (!rest.empty()) {
    if (blank(rest.front())) {
      rest.remove_prefix(1);
      continue;
    }
    blank_only = false;
    Term term;
    if (!take_term(rest, term)) return fault("S202", "a quotation mark is not closed", "close it, or leave it out");
    if (!add(terms, term)) return fault("S203", "OR stands between two words", "write it with a word before and after: harbour OR port");
  }
  if (blank_only) return std::string();
  if (terms.open) return fault("S203", "OR stands between two words", "write it with a word before and after: harbour OR port");
  return expression(terms, words);
}

}  // namespace rapporteur::search
