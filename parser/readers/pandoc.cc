// Stage readers: pandoc formats -> Document: what is known of each format, and the order of the steps.

#include "readers/pandoc.h"

#include <algorithm>

#include <fmt/format.h>

#include "readers/zip_guard.h"

namespace rapporteur {

namespace {

/// What is known of a format. `loses`: what pandoc is known to lose of it, measured.
struct Format {
  std::string_view from;
  std::string_view media_type;
  bool container;
  AstOptions tree;
  std::string_view loses;
};

constexpr AstOptions word_processor{true, true, true};
constexpr AstOptions word_processor_no_title{true, true, false};

constexpr Format formats[] = {
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true, word_processor, {}},
    {"odt", "application/vnd.oasis.opendocument.text", true, word_processor,
     "header rows of tables are dropped, and lists that go on after other text begin again at 1"},
    {"rtf", "application/rtf", false, word_processor_no_title, "words that are hyperlinks can be lost"},
    {"epub", "application/epub+zip", true, {}, {}},
    {"html", "text/html", false, {}, {}},
};

constexpr Format any_other{{}, "text/plain", false, {}, {}};

const Format& format_named(std::string_view from) {
  const auto found = std::find_if(std::begin(formats), std::end(formats), [&](const Format& f) { return f.from == from; });
  return found == std::end(formats) ? any_other : *found;
}

/// Formats whose readers may open other files stay in pandoc's sandbox, which workers cannot have.
bool safe_in_worker(std::string_view from) { return &format_named(from) != &any_other; }

Diagnostic loss(const Format& format, const std::string& file) {
  Diagnostic d = external_error("R208", fmt::format("pandoc reads {} with losses: {}", format.from, format.loses),
                                "let it be read by way of LibreOffice: --convert", file);
  d.severity = Severity::warning;
  return d;
}

Result<std::string> tree_of(const PandocJob& job, const PandocOptions& options, Program& used) {
  if (options.pool != nullptr && safe_in_worker(job.from)) {
    used = options.pool->program();
    return options.pool->convert(job);
  }
  Result<Program> pandoc = find_external("pandoc", options.pandoc);
  if (!pandoc) return pandoc.said();
  used = *pandoc;
  return run_pandoc(used, job);
}

Diagnostics about_file(Diagnostics said, const std::string& file) {
  for (Diagnostic& one : said)
    if (one.file.empty()) one.file = file;
  return said;
}

}  // namespace

std::string heap_option(std::uint64_t memory_mb) { return fmt::format("-M{}m", memory_mb / 2); }

Result<std::string> run_pandoc(const Program& pandoc, const PandocJob& job) {
  ProcessRequest request;
  request.argv = {pandoc.path, "--sandbox", "+RTS", heap_option(job.memory_mb), "-RTS", "--from", std::string(job.from), "--to", "json"};
  if (job.changes != TrackChanges::accept) request.argv.push_back(fmt::format("--track-changes={}", track_changes_name(job.changes)));
  request.input = job.bytes;
  request.limits = converter_limits(job.deadline, job.memory_mb);
  ProcessOutcome outcome = run_process(request);
  if (outcome.end == ProcessEnd::exited && outcome.status == 0) return std::move(outcome.output);
  return explain_end(pandoc, outcome, request.limits, job.file);
}

Result<Document> read_with_pandoc(std::string_view bytes, std::string_view from, SourceInfo info, const PandocOptions& options,
                                  std::string_view media_type) {
  const Format& format = format_named(from);
  const std::string file = info.name;
  if (format.container) {
    Diagnostics refused = check_container(bytes, file);
    if (!refused.empty()) return refused;
  }
  Program used;
  const PandocJob job{bytes, from, options.track_changes, options.deadline, file, options.memory_mb};
  Result<std::string> tree = tree_of(job, options, used);
  if (!tree) return about_file(tree.said(), file);
  info.media_type = media_type.empty() ? format.media_type : media_type;
  info.converter = "pandoc";
  info.converter_version = used.version;
  if (options.track_changes != TrackChanges::accept) info.notes.push_back(fmt::format("tracked changes: {}", track_changes_name(options.track_changes)));
  DocxHeaders headers = from == "docx" ? docx_headers(bytes) : DocxHeaders{};
  AstOptions reading = format.tree;
  reading.page_head = headers.first_page;
  Result<Document> document = read_pandoc_json(*tree, std::move(info), reading);
  if (!document) return document;
  document->outside = std::move(headers.others);
  if (!format.loses.empty()) {
    document->words_exact = false;
    document->diagnostics.push_back(loss(format, file));
  }
  return document;
}

}  // namespace rapporteur
