// Stage model: from events to a Report: fold, resolve, check.

#include "model/build.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "model/check.h"
#include "model/fold.h"
#include "model/numbering.h"
#include "model/references.h"

namespace rapporteur {

namespace {

void append(Diagnostics& all, const Diagnostics& more) { all.insert(all.end(), more.begin(), more.end()); }
void append(Diagnostics& all, Diagnostics&& more) { std::move(more.begin(), more.end(), std::back_inserter(all)); }

void copy_frame(Report& report, const Document& document, Recognised& recognised) {
  report.source = document.source;
  if (document.source) {
    report.source_info = document.source->info();
    report.source_lines = document.source->line_count();
  }
  report.type = recognised.type;
  report.language = recognised.language;
  report.rules = std::move(recognised.rules);
  report.verdict = recognised.verdict;
  report.review_reasons = std::move(recognised.review_reasons);
  append(report.diagnostics, document.diagnostics);
  append(report.diagnostics, std::move(recognised.diagnostics));
}

/// Header and footer texts that the format keeps outside of the running text: furniture without a place.
void keep_outside_text(Report& report, const Document& document) {
  std::size_t count = 0;
  for (const OutsideText& outside : document.outside) {
    const bool footer = outside.where.find("footer") != std::string::npos;
    const bool title = outside.where == "html/head/title";  // of the file, not of its pages
    Fragment fragment{"out" + std::to_string(++count), title ? FurnitureKind::other : footer ? FurnitureKind::footer : FurnitureKind::header};
    if (!outside.text.empty()) fragment.text.push_back({Text{outside.text}});
    report.furniture.push_back(std::move(fragment));
  }
}

}  // namespace

Report build_report(const Document& document, Recognised&& recognised) {
  Report report;
  copy_frame(report, document, recognised);
  Fold(document, recognised.events, report).run();
  keep_outside_text(report, document);
  append(report.diagnostics, check_numbering(report));
  append(report.diagnostics, resolve_references(report));
  assert(check_tree(report).empty());
  return report;
}

}  // namespace rapporteur
