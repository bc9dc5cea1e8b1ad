// Command line: the programs that read formats for us.

#include "converters.h"

#include <algorithm>
#include <charconv>

#include "command.h"

namespace tool {

namespace {

constexpr rapporteur::TrackChanges ways[] = {rapporteur::TrackChanges::accept, rapporteur::TrackChanges::reject, rapporteur::TrackChanges::all};

std::vector<std::string> names_of_ways() {
  std::vector<std::string> names;
  for (const rapporteur::TrackChanges way : ways) names.emplace_back(rapporteur::track_changes_name(way));
  return names;
}

}  // namespace

std::chrono::milliseconds seconds_of(const char* option, const std::string& text) {
  double seconds = -1;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), seconds).ptr;
  if (end != text.data() + text.size() || seconds < 0 || seconds > 1e6)
    throw Stop{exit_usage, "U102", std::string(option) + " wants seconds, not '" + text + "'", "for example 60 or 0.5", ""};
  const auto milliseconds = static_cast<long long>(seconds * 1000);
  return std::chrono::milliseconds(seconds > 0 ? std::max(milliseconds, 1LL) : 0);
}

void ConverterFlags::declare_programs(Options& options) {
  options.text("--pandoc", pandoc, "PROGRAM", "the pandoc to use, by name or path").configurable = true;
  options.text("--pdftotext", pdftotext, "PROGRAM", "the pdftotext to use").configurable = true;
  options.text("--soffice", soffice, "PROGRAM", "the LibreOffice to use").configurable = true;
}

void ConverterFlags::declare(Options& options) {
  options.flag("--convert", convert, "read DOC, ODT and RTF by way of LibreOffice").configurable = true;
  Option& changes = options.text("--track-changes", track_changes, "WHAT", "tracked changes of word processor files (accept)");
  changes.choices = names_of_ways();
  changes.configurable = true;
  options.text("--converter-deadline", deadline, "SECONDS", "stop a converter after so long (60)").configurable = true;
  options.number("--converter-memory", memory, "MB", "memory that a converter may take (1024)").configurable = true;
  options.flag("--new-pandocs", new_pandocs, "start a pandoc for each document instead of keeping some running");
  declare_programs(options);
}

rapporteur::ConverterOptions ConverterFlags::asked() const {
  rapporteur::ConverterOptions asked;
  asked.pandoc = pandoc;
  asked.pdftotext = pdftotext;
  asked.soffice = soffice;
  asked.convert = convert;
  asked.keep_running = !new_pandocs;
  asked.deadline = seconds_of("--converter-deadline", deadline);
  if (asked.deadline.count() == 0) throw Stop{exit_usage, "U102", "--converter-deadline wants more than 0 seconds", "for example 60", ""};
  if (memory < 64) throw Stop{exit_usage, "U102", "--converter-memory wants 64 megabytes at least", "", ""};
  asked.memory_mb = static_cast<std::uint64_t>(memory);
  for (const rapporteur::TrackChanges way : ways)
    if (track_changes == rapporteur::track_changes_name(way)) asked.track_changes = way;
  return asked;
}

}  // namespace tool
