// Stage model: checks of paragraph numbers.

#include "model/numbering.h"

#include <string>
#include <unordered_map>

#include <fmt/format.h>

#include "model/locator.h"
#include "model/walk.h"
#include "text/labels.h"

namespace rapporteur {

namespace {

/// The chains of one part of the report, as a visitor of its paragraphs.
class Chains {
 public:
  Chains(Locator& locator, Diagnostics& said) : x_locator(locator), x_said(said) {}

  void operator()(const Paragraph& paragraph) {
    const std::size_t dot = paragraph.n.rfind('.');
    const std::string prefix = dot == std::string::npos ? "" : paragraph.n.substr(0, dot + 1);
    const auto value = value_of(std::string_view(paragraph.n).substr(prefix.size()), LabelKind::number);
    if (!value) return;
    const auto [chain, is_new] = x_last.try_emplace((paragraph.number_inferred ? "?" : "") + prefix, *value);
    if (!is_new) compare(paragraph, prefix, chain->second, *value);
    chain->second = *value;
  }

 private:
  void compare(const Paragraph& paragraph, const std::string& prefix, std::uint32_t last, std::uint32_t value) {
    const std::string before = prefix + std::to_string(last);
    if (value == last + 1) return;
    if (value > last) {
      const bool one = value == last + 2;
      const std::string missing = prefix + std::to_string(last + 1) + (one ? "" : " to " + prefix + std::to_string(value - 1));
      say(paragraph, Severity::warning, "N101",
          fmt::format("paragraph {} follows {}: {} {} missing", paragraph.n, before, missing, one ? "is" : "are"),
          "see whether the number was misread or a paragraph was left out; the number stands as printed");
    } else if (value == last) {
      say(paragraph, Severity::warning, "N102", fmt::format("paragraph {} follows {}: the number is used twice", paragraph.n, before),
          "see whether one of the two was misread; both stand as printed");
    } else if (value == 1) {
      say(paragraph, Severity::info, "N104", fmt::format("paragraph {} follows {}: the numbers start again", paragraph.n, before), "");
    } else {
      say(paragraph, Severity::warning, "N103", fmt::format("paragraph {} follows {}: the numbers run backwards", paragraph.n, before),
          "see whether the number was misread, or belongs to a list inside a paragraph; it stands as printed");
    }
  }

  void say(const Paragraph& paragraph, Severity severity, const char* code, std::string message, const char* help) {
    Diagnostic made = x_locator.diagnostic(paragraph.at, severity, code, std::move(message), help);
    made.target = paragraph.id;
    x_said.push_back(std::move(made));
  }

  Locator& x_locator;
  Diagnostics& x_said;
  std::unordered_map<std::string, std::uint32_t> x_last;
};

}  // namespace

Diagnostics check_numbering(const Report& report) {
  Diagnostics said;
  Locator locator(report);
  Chains body(locator, said);
  walk(report.body, body);
  walk(report.closing, body);
  for (const Annex& annex : report.annexes) {
    Chains chains(locator, said);
    walk(annex.children, chains);
    for (const Annex& inner : annex.annexes) {
      Chains inner_chains(locator, said);
      walk(inner.children, inner_chains);
      walk(inner.annexes, inner_chains);
    }
  }
  return said;
}

}  // namespace rapporteur
