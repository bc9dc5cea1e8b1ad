// Stage readers: the programs that read formats for us (pandoc, pdftotext, LibreOffice), and what they may take.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace rapporteur {

/// What happens to tracked changes of a word processor file.
enum class TrackChanges : std::uint8_t { accept, reject, all };
/// "accept", "reject", "all"
std::string_view track_changes_name(TrackChanges changes);

struct ConverterOptions {
  std::string pandoc;     ///< name or path; empty: pandoc on PATH
  std::string pdftotext;  ///< likewise
  std::string soffice;    ///< likewise
  std::chrono::milliseconds deadline{60'000};  ///< wall time that a converter may take for one document
  std::uint64_t memory_mb = 1024;              ///< what a converter may keep in memory
  TrackChanges track_changes = TrackChanges::accept;
  bool convert = false;   ///< formats that pandoc cannot read, or reads with losses, go through LibreOffice
  unsigned workers = 0;   ///< pandocs that are kept running; 0: as many as there are processors
  bool keep_running = true;  ///< false: a new pandoc for each document
};

}  // namespace rapporteur
