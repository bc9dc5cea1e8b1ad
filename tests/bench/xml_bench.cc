// How long the XML stage takes for a report of about 10 KB of source: writing, validating in each way, checking, reading.

#include <benchmark/benchmark.h>

#include "rapporteur/report.h"
#include "xml/checks.h"
#include "xml/read.h"
#include "xml/schema_text.h"
#include "xml/validator.h"
#include "xml/writer.h"

namespace rapporteur {
namespace {

Inlines words(std::string text) { return {Inline{Text{std::move(text)}}}; }

/// Ten agenda items with three paragraphs each, a date and a reference in every paragraph; 10 KB of text.
Report usual_report() {
  Report r;
  r.grammar.id = "bench.report";
  r.rules = {{"numbered-paragraph", "bench.report", "", 1}};
  std::uint32_t line = 1;
  const auto at = [&] { return Provenance{{line * 80, line * 80 + 79}, line, line + 1, 0, 1}; };
  for (int s = 1; s <= 10; ++s) {
    Section section;
    section.id = "item" + std::to_string(s);
    section.type = SectionType::agendaItem;
    section.n = std::to_string(s);
    section.num = words("AGENDA ITEM " + std::to_string(s) + ":");
    section.heading = words("REVIEW OF THE WORK DONE SINCE THE LAST MEETING");
    section.at = at();
    for (int p = 1; p <= 3; ++p, line += 3) {
      const std::string n = std::to_string(3 * (s - 1) + p);
      TextBlock text;
      text.text = words(std::string(120, 'x') + " the Meeting, held on ");
      text.text.push_back(Inline{DateText{"2019-05-14", "", words("14 May 2019"), at()}});
      text.text.push_back(Inline{Text{" & elsewhere, took note of the report that stands in "}});
      text.text.push_back(Inline{Ref{RefType::annex, RefStatus::unresolved, "I", "", "", "ref" + n, "I", words("Annex I"), at()}});
      text.text.push_back(Inline{Text{". " + std::string(60, 'y')}});
      section.children.push_back(Block{Paragraph{"para" + n, n, n + ".", false, {Block{std::move(text)}}, at()}});
    }
    r.body.push_back(Block{std::move(section)});
  }
  return r;
}

void write(benchmark::State& state) {
  const Report report = usual_report();
  std::string out;
  for (auto _ : state) write_xml(report, out);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * out.size()));
}
BENCHMARK(write);

void validate_events(benchmark::State& state) {
  const Report report = usual_report();
  Validator validator;
  for (auto _ : state) benchmark::DoNotOptimize(validator.validate_events(report));
}
BENCHMARK(validate_events);

void validate_bytes(benchmark::State& state) {
  const std::string xml = write_xml(usual_report());
  Validator validator;
  for (auto _ : state) benchmark::DoNotOptimize(validator.validate_bytes(xml));
}
BENCHMARK(validate_bytes);

void check(benchmark::State& state) {
  const Report report = usual_report();
  for (auto _ : state) benchmark::DoNotOptimize(check_report(report));
}
BENCHMARK(check);

void count_letters(benchmark::State& state) {
  const Report report = usual_report();
  const Coverage source;
  for (auto _ : state) benchmark::DoNotOptimize(check_coverage(report, source));
}
BENCHMARK(count_letters);

void read(benchmark::State& state) {
  const std::string xml = write_xml(usual_report());
  for (auto _ : state) benchmark::DoNotOptimize(read_xml(xml));
}
BENCHMARK(read);

void compile_schema(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Schema::from_text(schema_xsd(), "report.xsd"));
}
BENCHMARK(compile_schema);

}  // namespace
}  // namespace rapporteur

BENCHMARK_MAIN();
