// Stage readers: from placed words to lines of text.
//
// Converters (pdftohtml -c, pdfminer and others) write an element per line or per word with `position:absolute`, `top`
// and `left` in its style. Words whose tops lie close together make a line; a gap between lines larger than usual is a
// blank line; columns follow from `left`.

#include "readers/html_layout.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include <libxml/HTMLparser.h>

namespace rapporteur {

namespace {

constexpr std::size_t least_placed = 20;
constexpr double same_line = 4;         // pixels between tops of one line
constexpr double pixels_a_column = 6.5; // a letter of ordinary text at 12 to 14 pixels
constexpr int most_columns = 400;
constexpr int most_depth = 300;  // libxml2 itself stops at 256

struct Placed {
  int page;
  double top, left;
  std::string text;
};

struct FreeDoc {
  void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
};

std::string attribute(const xmlNode* node, const char* name) {
  xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
  std::string text = value == nullptr ? "" : reinterpret_cast<const char*>(value);
  xmlFree(value);
  return text;
}

/// A length in pixels or points of a style, by its name.
std::optional<double> length_in(const std::string& style, std::string_view name) {
  for (std::size_t at = style.find(name); at != std::string::npos; at = style.find(name, at + 1)) {
    const bool whole = at == 0 || style[at - 1] == ';' || style[at - 1] == ' ';
    const std::size_t colon = at + name.size();
    if (!whole || colon >= style.size() || style[colon] != ':') continue;
    return std::strtod(style.c_str() + colon + 1, nullptr);
  }
  return std::nullopt;
}

bool is_absolute(const std::string& style) {
  const std::size_t at = style.find("position:");
  return at != std::string::npos && style.find("absolute", at) < at + 12;
}

class Collector {
 public:
  void walk(const xmlNode* node, Placed* inside, int depth) {
    for (; node != nullptr && depth < most_depth; node = node->next) {
      if (node->type == XML_TEXT_NODE) {
        words(reinterpret_cast<const char*>(node->content), inside);
      } else if (node->type == XML_ELEMENT_NODE) {
        element(node, inside, depth);
      }
    }
  }
  std::vector<Placed> placed;
  std::size_t placed_letters = 0, all_letters = 0;

 private:
  void words(const char* text, Placed* inside) {
    for (const char* c = text; *c != '\0'; ++c) {
      const bool blank = static_cast<unsigned char>(*c) <= ' ';
      all_letters += !blank;
      if (inside == nullptr) continue;
      placed_letters += !blank;
      if (!blank) inside->text += *c;
      else if (!inside->text.empty() && inside->text.back() != ' ') inside->text += ' ';
    }
  }

  void element(const xmlNode* node, Placed* inside, int depth) {
    const std::string_view name = reinterpret_cast<const char*>(node->name);
    if (name == "script" || name == "style" || name == "head") return;
    if (name == "br" && inside != nullptr) {
      const Placed next{inside->page, inside->top + line_height, inside->left, {}};
      placed.push_back(std::exchange(*inside, next));
      return;
    }
    const std::string style = attribute(node, "style");
    if (attribute(node, "id").starts_with("page")) ++x_page;
    const auto top = length_in(style, "top"), left = length_in(style, "left");
    if (!is_absolute(style) || !top || !left) return walk(node->children, inside, depth + 1);
    Placed own{x_page, *top, *left, {}};
    walk(node->children, &own, depth + 1);
    placed.push_back(std::move(own));
  }

  static constexpr double line_height = 14;
  int x_page = 0;
};

/// Usual distance between the tops of two lines.
double usual_gap(const std::vector<Placed>& placed) {
  std::vector<double> gaps;
  for (std::size_t i = 1; i < placed.size(); ++i)
    if (placed[i].page == placed[i - 1].page && placed[i].top - placed[i - 1].top > same_line) gaps.push_back(placed[i].top - placed[i - 1].top);
  if (gaps.empty()) return 14;
  std::nth_element(gaps.begin(), gaps.begin() + gaps.size() / 2, gaps.end());
  return gaps[gaps.size() / 2];
}

std::string lay_out(std::vector<Placed>& placed) {
  std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) { return a.page != b.page ? a.page < b.page : a.top < b.top; });
  const double gap = usual_gap(placed);
  double margin = placed.front().left;
  for (const Placed& one : placed) margin = std::min(margin, one.left);
  std::string text;
  for (std::size_t begin = 0; begin < placed.size();) {
    std::size_t end = begin + 1;
    while (end < placed.size() && placed[end].page == placed[begin].page && placed[end].top - placed[begin].top <= same_line) ++end;
    if (begin > 0 && placed[begin].page != placed[begin - 1].page) text += '\f';
    else if (begin > 0 && placed[begin].top - placed[begin - 1].top > 1.6 * gap) text += '\n';
    std::stable_sort(placed.begin() + begin, placed.begin() + end, [](const Placed& a, const Placed& b) { return a.left < b.left; });
    const std::size_t line = text.size();
    for (std::size_t i = begin; i < end; ++i) {
      const int column = std::clamp(static_cast<int>(std::lround((placed[i].left - margin) / pixels_a_column)), 0, most_columns);
      const std::size_t width = text.size() - line;
      if (width > 0) text += ' ';
      if (static_cast<std::size_t>(column) > width + 1 || width == 0) text.append(static_cast<std::size_t>(column) - std::min<std::size_t>(width, column), ' ');
      text += placed[i].text;
    }
    text += '\n';
    begin = end;
  }
  return text;
}

std::size_t times(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace

std::optional<std::string> text_of_positioned_html(std::string_view html) {
  if (times(html, "position:absolute") + times(html, "position: absolute") < least_placed) return std::nullopt;
  const int options = HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING;
  const std::unique_ptr<xmlDoc, FreeDoc> doc(htmlReadMemory(html.data(), static_cast<int>(html.size()), nullptr, "UTF-8", options));
  if (!doc) return std::nullopt;
  Collector collector;
  collector.walk(xmlDocGetRootElement(doc.get()), nullptr, 0);
  std::erase_if(collector.placed, [](const Placed& one) { return one.text.find_first_not_of(' ') == std::string::npos; });
  if (collector.placed.size() < least_placed || collector.placed_letters * 4 < collector.all_letters * 3) return std::nullopt;
  return lay_out(collector.placed);
}

}  // namespace rapporteur
