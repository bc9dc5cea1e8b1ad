// Stage batch: a run: every input once, in order, through the workers, into the tree and the journal.
//
// Outputs are moved to their places some at a time: first all that was written is put on the disk, then files are
// moved, then the journal is told. Whatever moment a run is killed at, what the journal calls done is there, and what
// is there is whole.

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <map>
#include <unordered_map>

#include "batch/bag_folder.h"
#include "batch/job.h"
#include "batch/journal.h"
#include "batch/report.h"
#include "batch/tree.h"
#include "batch/verdict.h"
#include "batch/workers.h"
#include "text/sha256.h"

namespace rapporteur {

namespace {

constexpr std::size_t moved_at_once = 256;
constexpr std::chrono::seconds moved_after{1};  // so that slow documents are seen, and kept, as they are done

/// Versions, options and grammars: what decides, besides the bytes, what comes out.
std::string fingerprint_of(const Engine& engine, const EngineOptions& options) {
  std::string all(version());
  for (const auto& [part, part_version] : versions()) ((all += '\0') += part) += ' ' + part_version;
  (all += '\0') += options.grammar;
  const ConverterOptions& converters = options.converters;
  all += '\0' + std::string(track_changes_name(converters.track_changes)) + (converters.convert ? " convert" : "");
  for (const GrammarFound& grammar : engine.grammars()) {
    ((all += '\0') += grammar.id) += ' ' + std::to_string(grammar.version) + ' ';
    all += file_sha256(grammar.file);
  }
  return sha256_hex(all);
}

bool is_reserved(const std::string& name) {
  const std::string first = name.substr(0, name.find('/'));
  return first == ".rapporteur" || first == ".invalid";
}

/// Whether XML at a place says that it came from this source.
bool came_from(const std::string& head, const std::string& name, const std::string& sha256) {
  const std::size_t source = head.find("<source ");
  if (source == std::string::npos) return false;
  const std::string element = head.substr(source, head.find('>', source) - source);
  return element.find(" sha256=\"" + sha256 + "\"") != std::string::npos || element.find(" originalName=\"" + name + "\"") != std::string::npos;
}

/// Always the same `wanted` of the inputs, whatever their order: those whose names hash lowest.
void choose_sample(std::vector<BatchInput>& inputs, std::uint64_t wanted) {
  if (wanted == 0 || inputs.size() <= wanted) return;
  std::vector<std::pair<std::string, std::size_t>> ranks;
  for (std::size_t i = 0; i < inputs.size(); ++i) ranks.emplace_back(sha256_hex(inputs[i].name), i);
  std::nth_element(ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(wanted), ranks.end());
  ranks.resize(wanted);
  std::sort(ranks.begin(), ranks.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  std::vector<BatchInput> chosen;
  for (const auto& [rank, i] : ranks) chosen.push_back(std::move(inputs[i]));
  inputs = std::move(chosen);
}

class Run {
 public:
  Run(std::vector<BatchInput> inputs, const BatchOptions& options, const Engine& engine)
      : x_inputs(std::move(inputs)), x_options(options), x_engine(engine),
        x_workers(options.limits, [&engine](std::string_view job) { return do_file(engine, FileJob::unpacked(job)).packed(); }) {}

  BatchEnd run() {
    choose_sample(x_inputs, x_options.sample);
    x_end.counts.total = x_inputs.size();
    if (x_options.dry_run && !std::filesystem::exists(x_options.output + "/" + journal_at)) return plan(), std::move(x_end);
    if (!open()) return std::move(x_end);
    x_fingerprint = fingerprint_of(x_engine, x_options.engine);
    x_journal->begin_run();
    if (x_options.dry_run) return plan(), std::move(x_end);
    for (x_next = 0; x_next < x_inputs.size() && !over(); ++x_next) begin(x_next);
    while (!x_workers.idle() && x_end.errors.empty()) turn();
    flush();
    x_end.stopped = over() && x_end.counts.done < x_inputs.size();
    if (x_end.errors.empty()) x_end.errors = write_reports(*x_journal, x_tree, x_options.reports, x_end.counts, x_end.reasons);
    if (x_end.errors.empty() && !x_end.stopped && !x_options.bag.empty()) bag();
    return std::move(x_end);
  }

 private:
  struct Finished {
    std::uint64_t ticket;
    FileResult result;
    bool again = false;  // to be tried the next time, whatever has changed by then
  };

  bool over() const { return !x_end.errors.empty() || (x_options.stop && *x_options.stop); }

  bool open() {
    if (const int error = x_tree.open(x_options.output)) return cannot_write(x_options.output, std::strerror(error)), false;
    if (!x_tree.lock()) {
      x_end.errors.push_back(batch_error("B603", "another batch is at work in this folder", "wait for it, or give another -o", x_options.output));
      return false;
    }
    auto journal = Journal::open(x_tree.folder() + "/" + journal_at);
    if (!journal) return x_end.errors = journal.said(), false;
    x_journal = std::move(*journal);
    return true;
  }

  void cannot_write(const std::string& where, const std::string& why) {
    x_end.errors.push_back(batch_error("B602", "cannot write: " + why,
                                       "nothing was left half-written; the same command goes on where this one stopped", where));
  }

  /// Whether a folder of its path is where another document's output stands: whatever is done first, this one fails.
  bool lies_in_an_output(std::size_t i) const {
    const std::string& name = x_inputs[i].name;
    for (std::size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1)) {
      const std::string_view folder(name.data(), slash);
      if (!folder.ends_with(".xml")) continue;
      const std::string_view output_of = folder.substr(0, folder.size() - 4);
      const auto other = std::lower_bound(x_inputs.begin(), x_inputs.end(), output_of, [](const BatchInput& input, std::string_view wanted) { return input.name < wanted; });
      if (other != x_inputs.end() && other->name == output_of) return true;
    }
    return false;
  }

  bool clashes(std::size_t i) const { return i > 0 && x_inputs[i].name == x_inputs[i - 1].name; }
  /// What the journal calls a document. Of documents that would have one output, all but the first go by their paths; no name
  /// begins with "./", so that none of these is taken for another document's name.
  std::string key(std::size_t i) const { return !clashes(i) ? x_inputs[i].name : x_inputs[i].path.starts_with('/') ? x_inputs[i].path : "./" + x_inputs[i].path; }

  /// The hash under which the document was done, where that still holds for everything but perhaps its bytes.
  std::string known_sha256(const std::optional<JournalEntry>& before) {
    if (!before || !x_options.resume || before->fingerprint != x_fingerprint) return {};
    if (x_options.retry_failed && before->outcome != Outcome::valid) return {};
    if (!before->output.empty() && x_tree.size(before->output) != before->size) return {};
    return before->sha256;
  }

  void begin(std::size_t i) {
    while (x_workers.full() && x_end.errors.empty()) turn();
    const BatchInput& input = x_inputs[i];
    if (input.name.empty() || clashes(i) || lies_in_an_output(i) || is_reserved(input.name)) {
      settle(i, failed_file(batch_error("B203", "its output would take the place of another", "rename one of the two, or give the folder above both as the input", input.name)));
      return;
    }
    x_workers.submit(i, FileJob{input.path, input.name, known_sha256(x_journal->find(key(i))), x_tree.temporary(i)}.packed());
  }

  void turn() {
    if (over()) x_workers.finish_begun();
    x_done.clear();
    x_workers.wait(x_done, -1, 200);
    for (JobDone& done : x_done) {
      if (done.end == JobEnd::replied) settle(done.ticket, FileResult::unpacked(done.reply));
      else settle(done.ticket, failed_file(explain_job(done, x_options.limits)));
    }
    const bool enough = x_finished.size() >= moved_at_once || std::chrono::steady_clock::now() - x_flushed >= moved_after;
    if (!x_finished.empty() && (enough || x_done.empty())) flush();
  }

  void settle(std::uint64_t ticket, FileResult result) {
    if (result.kind == FileResult::Kind::cannot_write) return cannot_write(x_options.output, result.record);
    x_finished.push_back({ticket, std::move(result), false});
  }

  void flush() {
    if (std::any_of(x_finished.begin(), x_finished.end(), [](const Finished& one) { return one.result.output_bytes > 0; })) x_tree.sync();
    for (Finished& one : x_finished) {
      if (!x_end.errors.empty()) break;
      if (one.result.kind == FileResult::Kind::same) keep(one);
      else finish(one);
    }
    x_finished.clear();
    x_flushed = std::chrono::steady_clock::now();
    if (!x_journal->commit() && x_end.errors.empty()) cannot_write(x_tree.folder() + "/" + journal_at, "the journal would not take it");
    if (x_options.progress) x_options.progress(x_end.counts);
  }

  void count(Outcome outcome, bool review) {
    BatchProgress& counts = x_end.counts;
    ++counts.done;
    ++(outcome == Outcome::failed ? counts.failed : outcome == Outcome::invalid ? counts.invalid : review ? counts.review : counts.ok);
  }

  void keep(const Finished& one) {
    const auto before = x_journal->find(key(one.ticket));
    x_journal->keep(key(one.ticket));
    ++x_end.counts.kept;
    count(before->outcome, is_review(*before));
  }

  void finish(Finished& one) {
    const BatchInput& input = x_inputs[one.ticket];
    const std::string file = input.name + ".xml";
    FileResult& result = one.result;
    std::string place = result.outcome == Outcome::failed ? "" : result.outcome == Outcome::invalid ? ".invalid/" + file : file;
    if (!place.empty() && !move(one, place)) place.clear();
    if (!x_end.errors.empty()) return;
    x_end.counts.bytes += result.input_bytes;
    count(result.outcome, result.review);
    JournalEntry entry{key(one.ticket), place, static_cast<std::int64_t>(result.output_bytes), result.sha256, x_fingerprint, result.outcome, result.symbol,
                       base_symbol(result.symbol), result.record};
    if (one.again) entry.fingerprint.clear();
    if (const auto before = place.empty() ? x_journal->find(entry.path) : std::nullopt; before && still_true(*before, one)) {
      entry.output = place = before->output;
      entry.size = before->size;
      entry.sha256 = before->sha256;
      entry.fingerprint.clear();
    }
    for (const std::string& other : {file, ".invalid/" + file})  // what an earlier run made of other bytes is true no more
      if (other != place && x_journal->owns(other) && !clashes(one.ticket)) x_tree.remove(other);
    x_journal->put(entry);
  }

  /// Whether the XML of an earlier run is of the bytes that are there, as far as can be known: a file that cannot be read for
  /// once, or a deadline that was too short, is no reason to lose it.
  bool still_true(const JournalEntry& before, const Finished& one) const {
    if (before.output.empty() || before.output.starts_with(".invalid/")) return false;
    const std::string now = one.result.sha256.empty() ? file_sha256(x_inputs[one.ticket].path) : one.result.sha256;
    return now.empty() || now == before.sha256;
  }

  /// Moves an output to its place. Where it cannot stand there the document has failed; where none could, the run has.
  bool move(Finished& one, const std::string& place) {
    const std::string name = x_inputs[one.ticket].name;
    const std::string head = x_options.force || x_journal->owns(place) ? "" : x_tree.head(place);
    Diagnostic why;
    if (!head.empty() && !came_from(head, name.substr(name.rfind('/') + 1), one.result.sha256)) {
      why = batch_error("B204", "its output exists and did not come from it", "give another -o, or --force to overwrite it", name);
    } else {
      const int error = x_tree.place(one.ticket, place);
      if (error == 0) return true;
      const bool of_this_one = error == ENAMETOOLONG || error == EISDIR || error == ENOTDIR || error == ELOOP || error == ENOTEMPTY || error == EEXIST;
      if (!of_this_one) return cannot_write(place, std::strerror(error)), false;
      why = batch_error("B205", std::string("its output cannot stand at its place: ") + std::strerror(error), "links are not followed there", name);
    }
    x_tree.discard(one.ticket);
    const std::string sha256 = one.result.sha256;
    one.result = failed_file(why);
    one.result.sha256 = sha256;
    one.again = true;
    return false;
  }

  /// Every document of the run and, of those whose XML is valid, the XML.
  void bag() {
    std::vector<BagItem> items;
    for (std::size_t i = 0; i < x_inputs.size(); ++i) {
      const auto entry = x_journal->find(key(i));
      if (!entry || entry->sha256.empty() || clashes(i)) continue;  // could not be read
      items.push_back({x_inputs[i].path, "source/" + x_inputs[i].name, entry->sha256});
      if (entry->outcome == Outcome::valid && !entry->output.empty()) items.push_back({x_tree.folder() + "/" + entry->output, "xml/" + entry->output, ""});
    }
    x_end.errors = write_bag(x_options.bag, std::move(items), x_options.bag_date);
  }

  void plan() {
    for (std::size_t i = 0; i < x_inputs.size() && !over(); ++i) {
      const auto before = x_journal ? x_journal->find(key(i)) : std::nullopt;
      const std::string known = known_sha256(before);
      const bool same = !known.empty() && known == file_sha256(x_inputs[i].path);
      const bool retry = before && x_options.retry_failed && before->outcome != Outcome::valid;
      const bool failed = before && before->outcome == Outcome::failed;
      const std::string_view todo = same ? (failed ? "failed" : "done") : !before ? "new" : retry || failed ? "retry" : "changed";
      if (x_options.planned) x_options.planned(x_inputs[i], todo);
    }
  }

  std::vector<BatchInput> x_inputs;
  const BatchOptions& x_options;
  const Engine& x_engine;
  OutputTree x_tree;
  std::unique_ptr<Journal> x_journal;
  Workers x_workers;
  std::string x_fingerprint;
  std::size_t x_next = 0;
  std::vector<JobDone> x_done;
  std::vector<Finished> x_finished;
  std::chrono::steady_clock::time_point x_flushed = std::chrono::steady_clock::now();
  BatchEnd x_end;
};

}  // namespace

BatchEnd run_batch(std::vector<BatchInput> inputs, const BatchOptions& options) {
  const auto engine = Engine::create(within(options.engine, options.limits));
  if (!engine) return {{}, false, engine.said(), {}};
  if (Diagnostics faults = engine->grammar_faults(); !faults.empty()) return {{}, false, std::move(faults), {}};
  return Run(std::move(inputs), options, *engine).run();
}

}  // namespace rapporteur
