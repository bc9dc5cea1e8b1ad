// Stage batch: many documents: a stream of requests, a folder of files, and the difference between two runs.
//
// Documents are parsed in child processes, so that one that crashes or never ends hurts no other. Call these functions
// from a program that has one thread at that time: they fork.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/rapporteur.h"
#include "rapporteur/result.h"

namespace rapporteur {

/// What a document may take.
struct WorkLimits {
  unsigned workers = 1;               ///< processes that parse
  std::uint32_t deadline_ms = 60'000; ///< wall time for one document; 0: none
  std::uint64_t memory_mb = 4096;     ///< address space of a process; 0: no limit
};

// == stream ==

struct StreamOptions {
  EngineOptions engine;
  WorkLimits limits;
  std::uint64_t max_line = 1ull << 30;     ///< bytes of a request; a longer one gets an error as its reply
  const std::atomic<bool>* stop = nullptr; ///< set from outside: finish what was read and end
};

/// Reads one JSON request a line from `in` and writes one JSON reply a line to `out`, in order; docs/stream.md holds
/// both forms. Bad requests and bad documents are replies. Fails only where the grammar of the options is bad (G...),
/// `in` cannot be read or `out` not be written (B001, B002); a reader of `out` that went away is B003.
Diagnostics run_stream(int in, int out, const StreamOptions& options);

// == batch ==

/// A file to be parsed: where it is, and what the run calls it: its output is OUT/<name>.xml. Names may hold any bytes.
struct BatchInput {
  std::string path;
  std::string name;
};

/// The files that paths stand for, by name. A folder gives every plain file in it and below, but hidden ones, `output` and what
/// another batch has written; links to folders are not followed, links that lead nowhere are given. Where one folder is all there
/// is, names begin in it; else they are the
/// paths, without what would lead out of OUT. Errors: B201.
std::vector<BatchInput> find_inputs(const std::vector<std::string>& paths, const std::string& output, Diagnostics& errors);

/// Whether run_batch has written into a folder: what lies in it came from documents and is none.
bool is_batch_output(const std::string& folder);

/// How far a run is. All counts are of documents.
struct BatchProgress {
  std::uint64_t total = 0;
  std::uint64_t done = 0;     ///< those below together
  std::uint64_t kept = 0;     ///< done by an earlier run under the same conditions; counted below too
  std::uint64_t ok = 0, review = 0, invalid = 0, failed = 0;
  std::uint64_t bytes = 0;    ///< of the inputs that were parsed
};

struct BatchOptions {
  EngineOptions engine;
  WorkLimits limits;
  std::string output;            ///< folder; made where it is missing
  bool resume = true;            ///< keep what was done of the same bytes with the same version, grammars and options
  bool retry_failed = false;     ///< do again what failed or was invalid
  bool force = false;            ///< overwrite files that no batch wrote
  std::uint64_t sample = 0;      ///< so many of the files only, always the same ones; 0: all
  bool dry_run = false;          ///< parse and write nothing
  std::string bag;               ///< folder to leave a bag (BagIt) in, of the documents and their valid XML; empty: none
  std::string bag_date;          ///< YYYY-MM-DD, for bag-info.txt
  std::vector<std::string> reports;  ///< files to write about the run, by extension: .html .csv .json
  const std::atomic<bool>* stop = nullptr;                    ///< set from outside: finish what is begun, and end
  std::function<void(const BatchProgress&)> progress;         ///< called after every few documents
  std::function<void(const BatchInput&, std::string_view todo)> planned;  ///< dry run: "new", "changed", "retry", "done", "failed" (and would stay so)
};

struct BatchEnd {
  BatchProgress counts;
  bool stopped = false;   ///< by `stop`: some documents are left
  Diagnostics errors;     ///< what ended the run, or kept a report from being written
  std::vector<std::string> reasons;  ///< the five most frequent reasons to look at a document, "38 documents: ..."
};

/// Parses files into a tree of XML. Every file under OUT is whole at any moment; invalid ones lie in OUT/.invalid. What
/// fails is in the reports. Errors: G..., B601 journal, B602 cannot write, B603 another batch is at work there,
/// B605-B607 no bag.
BatchEnd run_batch(std::vector<BatchInput> inputs, const BatchOptions& options);

/// Whether a file is a report that run_batch has written (or no plain file): one that may be written anew.
bool is_run_report(const std::string& file);

// == difference ==

/// How the structure of a report changed: one line each, "paragraph 7 lost: ..."
struct StructureChange {
  std::string kind;    ///< paragraph, text, section, table, note, reference, annex, header, furniture
  std::string change;  ///< added, lost, moved, renumbered, changed
  std::string before;  ///< its label and first words; empty where added
  std::string after;   ///< empty where lost
  std::string from, to;  ///< moved: the sections or annexes that it lay in and lies in, "/agenda item 2"
};

/// Two XML documents of rapporteur. Errors: those of reading XML (X2..).
Result<std::vector<StructureChange>> compare_xml(std::string_view before, std::string_view after);

}  // namespace rapporteur
