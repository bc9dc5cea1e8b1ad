// That the readers lose and invent no letter: over real reports where they are at hand, over every code point, and over
// input made to hurt.

#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>
#include <utf8proc.h>

#include "readers/dump.h"
#include "readers/html_entities.h"
#include "readers/input.h"
#include "readers/line_parts.h"
#include "readers/markdown_reader.h"
#include "readers/text_reader.h"
#include "support/root.h"

namespace rapporteur {
namespace {

namespace fs = std::filesystem;
using Letters = std::map<char32_t, long>;

bool counts(char32_t point) {
  if (point == 0xFFFD) return false;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(point));
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) || (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

void add_letters(Letters& letters, std::string_view text, long sign) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_point(text, at);
    if (counts(point)) letters[point] += sign;
  }
}

/// The text of Markdown as a plain rule has it: targets in `](...)`, comments and tags out, character references resolved.
std::string without_markup(const std::string& text) {
  std::string untargeted, untagged, plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    untargeted += text[at];
    if (text.compare(at, 2, "](") != 0) continue;
    const std::size_t stop = text.find_first_of(") \t\n\r\f\v", at + 2);
    if (stop != std::string::npos && text[stop] == ')') at = stop;
  }
  for (std::size_t at = 0; at < untargeted.size();) {
    std::size_t end = std::string::npos;
    if (untargeted.compare(at, 4, "<!--") == 0 && (end = untargeted.find("-->", at + 4)) != std::string::npos) {
      at = end + 3;
      continue;
    }
    const std::size_t name = at + (untargeted.compare(at, 2, "</") == 0 ? 2 : 1);
    if (untargeted[at] == '<' && name < untargeted.size() && std::isalpha(static_cast<unsigned char>(untargeted[name])) &&
        (end = untargeted.find('>', name)) != std::string::npos) {
      at = end + 1;
      continue;
    }
    untagged += untargeted[at++];
  }
  for (std::size_t at = 0; at < untagged.size();) {
    const auto reference = untagged[at] == '&' ? character_reference(std::string_view(untagged).substr(at)) : std::nullopt;
    plain += reference ? reference->text : untagged.substr(at, 1);
    at += reference ? reference->bytes : 1;
  }
  return plain;
}

std::string difference(const std::string& expected, const Document& document) {
  Letters letters;
  add_letters(letters, expected, 1);
  for (const Line& line : document.lines) add_letters(letters, line.content, -1);
  std::string out;
  for (const auto& [letter, count] : letters) {
    if (count == 0) continue;
    append_utf8(out, letter);
    out += (count > 0 ? " lost " : " invented ") + std::to_string(std::abs(count)) + "; ";
  }
  return out;
}

void check_maps(const Document& document) {
  for (const Line& line : document.lines) {
    for (std::uint32_t at = 0; at <= line.content.size(); ++at) {
      const std::uint32_t to = line.content_to_source(at);
      ASSERT_LE(to, document.source->text().size());
      ASSERT_LE(at > 0 ? line.content_to_source.end_of(at) : 0, to) << "line " << line.number << " offset " << at;
    }
    for (const Mark& mark : line.marks) ASSERT_TRUE(mark.begin <= mark.end && mark.end <= line.content.size()) << "line " << line.number;
  }
}

TEST(Letters, real_reports_keep_every_letter) {
  const fs::path shared = fs::path(project_root()) / "../shared";
  if (!fs::exists(shared / "eval")) GTEST_SKIP() << "no real reports beside the project";
  int read = 0;
  for (const auto& entry : fs::recursive_directory_iterator(shared / "eval")) {
    const std::string extension = entry.path().extension();
    if ((extension != ".md" && extension != ".txt") || entry.path().filename() == "README.md") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    const auto document = read_document({.name = entry.path().filename(), .bytes = bytes.str(), .format = "", .encoding = ""});
    ASSERT_TRUE(document) << entry.path();
    const std::string text(document->source->text());
    EXPECT_EQ(difference(extension == ".md" ? without_markup(text) : text, *document), "") << entry.path();
    for (const Diagnostic& d : check_coverage(*document)) ADD_FAILURE() << entry.path() << render_text(d);
    check_maps(*document);
    ++read;
  }
  EXPECT_GT(read, 0);
}

SourcePtr source_of(std::string text) { return std::make_shared<const Source>(SourceInfo{}, std::move(text)); }

TEST(Letters, every_code_point_survives) {
  std::string text;
  for (char32_t point = 1; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    text += 'x';
    append_utf8(text, point);
    if (point % 64 == 0) text += "\n\n";
  }
  for (auto* read : {read_text, read_markdown}) {
    const Document document = read(source_of(text));
    EXPECT_EQ(difference(read == read_text ? text : without_markup(text), document), "");
    EXPECT_TRUE(check_coverage(document).empty());
    check_maps(document);
  }
}

struct Hurtful {
  const char* name;
  std::string text;
};

std::string times(int count, std::string_view piece) {
  std::string out;
  for (int i = 0; i < count; ++i) out += piece;
  return out;
}

TEST(Letters, hurtful_input_is_read_in_linear_time) {
  std::vector<Hurtful> inputs = {{"empty", ""}, {"one long line", times(6'250'000, "words a ")}, {"quotes", times(100'000, ">") + "a"}};
  for (const char* piece : {"[", "*", "**a ", "_a_b", "<", "<a", "<!--", "`", "](", "](x", "](<", "](()", "![", "[^", "&", "&amp", "~~", "<sup>", "|",
                            "| a ", "- ", "> ", "```\n", "`` ` ", "*a _b ", "\\", "![a](b", "[a](b)", "<b\n", "> <b\n", "\r", "\f", "a*b_", "| x\n", "```a\n~~~~\n"})
    inputs.push_back({piece, times(100'000, piece)});
  std::string run;
  for (int i = 1; i < 600; ++i) run += std::string(i, '`') + " ";
  inputs.push_back({"backticks of every length", run});
  inputs.push_back({"nested images", times(20'000, "![*a ") + times(20'000, "](x)")});
  for (const Hurtful& input : inputs) {
    for (auto* read : {read_text, read_markdown}) {
      const std::clock_t began = std::clock();  // processor time: others may be at work on the machine
      const Document document = read(source_of(input.text));
      const double seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
      EXPECT_LT(seconds, 2) << input.name;
      if (seconds > 0.3) std::printf("%s: %.2f s for %zu bytes\n", input.name, seconds, input.text.size());
      EXPECT_TRUE(check_coverage(document).empty()) << input.name;
      if (read == read_markdown) continue;
      EXPECT_EQ(difference(input.text, document), "") << input.name;
    }
  }
}

TEST(Letters, prose_is_read_fast) {
  const std::string prose = times(125'000, "The Council met and adopted the agenda; the list is attached as Annex I to this\n");
  for (auto* read : {read_text, read_markdown}) {
    const SourcePtr source = source_of(prose);
    const auto began = std::chrono::steady_clock::now();
    const Document document = read(source);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::printf("%s: %.0f MB/s\n", read == read_text ? "text" : "markdown", static_cast<double>(prose.size()) / seconds / 1e6);
    EXPECT_EQ(document.lines.size(), 125'000);
  }
}

}  // namespace
}  // namespace rapporteur
