// Command line: batch, thousands of files into a tree of XML.

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>

#include <unistd.h>

#include "command.h"
#include "documents.h"
#include "output.h"
#include "progress.h"
#include "work_limits.h"

namespace tool {

namespace {

constexpr int exit_signalled = 128;  // and the signal's number, as the shell says it

std::atomic<bool> stop_asked{false};
std::atomic<int> stopped_by{0};

/// The first Ctrl-C lets the documents at hand be finished; the second ends the program as it does others.
void on_interrupt(int signal) {
  static constexpr char said[] = "\nstopping: the documents at hand are finished; once more to stop at once\n";
  stop_asked = true;
  stopped_by = signal;
  std::signal(signal, SIG_DFL);
  [[maybe_unused]] const auto told = ::write(STDERR_FILENO, said, sizeof said - 1);
}

std::vector<std::string> cut(const std::string& text, char at) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0, end; begin < text.size(); begin = end + 1) {
    end = std::min(text.find(at, begin), text.size());
    const std::size_t carriage = at == '\n' && end > begin && text[end - 1] == '\r' ? 1 : 0;  // lists made on Windows
    if (end > begin + carriage) parts.push_back(text.substr(begin, end - begin - carriage));
  }
  return parts;
}

std::string count(std::uint64_t n, const char* what) { return std::to_string(n) + " " + what; }

class Batch : public Command {
 public:
  void declare(Options& options) override {
    options.list("FILES", x_files, "DIR|FILE", "folders, with all that is in them, and files");
    options.text("-o,--output", x_options.output, "OUT", "the folder to write into");
    x_limits.declare(options);
    options.text("--files-from", x_files_from, "LIST", "read names of files from this file, one a line; - is standard input");
    options.flag("-0,--null", x_null, "names in LIST end with NUL instead of a line end");
    options.list("--report", x_options.reports, "FILE", "write a row for each document: FILE.html, FILE.csv or FILE.json");
    options.text("--bag", x_options.bag, "BAG", "leave a bag (BagIt) in this folder, of the documents and their valid XML");
    options.flag("--retry-failed", x_options.retry_failed, "do again what failed or was invalid");
    options.flag("--no-resume", x_no_resume, "do everything again");
    options.flag("--force", x_options.force, "overwrite files that did not come from the same source");
    options.number("--sample", x_sample, "N", "N of the documents only, always the same ones");
    options.flag("-n,--dry-run", x_options.dry_run, "say what would be done, and do nothing");
    options.text("--progress", x_progress, "WHEN", "how far it is, on standard error (auto)").choices = {"auto", "always", "never", "json"};
    options.text("--fail-on", x_fail_on, "WHAT", "exit 3 where a person should look at a document").choices = {"review"};
    options.flag("-q,--quiet", x_quiet, "say errors only");
    x_grammar.declare(options);
    x_grammar.declare_paranoid(options);
  }

  int run() override {
    check();
    rapporteur::Diagnostics errors;
    std::vector<rapporteur::BatchInput> inputs = rapporteur::find_inputs(x_files, x_options.output, errors);
    say(errors);
    leave_out_reports(inputs);
    if (inputs.empty()) throw Stop{exit_usage, "U103", "no files were found", "", ""};
    Progress progress(x_quiet ? "never" : x_progress);
    x_options.engine = x_grammar.asked();
    x_options.limits = x_limits.limits();
    x_options.sample = static_cast<std::uint64_t>(std::max(x_sample, 0));
    x_options.resume = !x_no_resume;
    if (!x_options.bag.empty()) x_options.bag_date = today();
    x_options.stop = &stop_asked;
    x_options.progress = [&](const rapporteur::BatchProgress& at) { progress.show(at); };
    x_options.planned = [](const rapporteur::BatchInput& input, std::string_view todo) {
      write_out(std::string(todo) + "\t" + rapporteur::printable(input.name) + "\n");
    };
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
    const rapporteur::BatchEnd end = rapporteur::run_batch(std::move(inputs), x_options);
    progress.clear();
    return finish(end, !errors.empty());
  }

 private:
  void check() {
    if (x_options.output.empty()) throw Stop{exit_usage, "U107", "no folder to write into", "add -o OUT", ""};
    if (x_sample != everything && x_sample < 1) throw Stop{exit_usage, "U102", "--sample wants a number of documents, 1 at least", "", ""};
    check_paths();
    for (const std::string& report : x_options.reports)
      if (!report.ends_with(".html") && !report.ends_with(".csv") && !report.ends_with(".json"))
        throw Stop{exit_usage, "U102", "--report wants a file that ends in .html, .csv or .json", "", report};
    check_bag();
    if (!x_files_from.empty()) {
      const std::vector<std::string> more = cut(read_input(x_files_from), x_null ? '\0' : '\n');
      x_files.insert(x_files.end(), more.begin(), more.end());
      if (x_files.size() == 1) x_files.push_back(x_files.front());  // names are those of the list, however short it is
    }
    if (x_files.empty()) throw Stop{exit_usage, "U103", "no folder and no file given", "", ""};
  }

  /// A name that is mistyped, and a folder that would be its own output.
  void check_paths() const {
    std::error_code none;
    for (const std::string& file : x_files) {
      if (!std::filesystem::exists(std::filesystem::symlink_status(file, none))) throw Stop{exit_usage, "U108", "there is no such file or folder", "see that the name is right", file};
      if (std::filesystem::equivalent(file, x_options.output, none)) throw Stop{exit_usage, "U107", "is the folder of the documents and the one to write into", "name another one with -o", file};
      if (rapporteur::is_batch_output(file))
        throw Stop{exit_usage, "U107", "holds what batch has written", "name the folder of the documents, and another one with -o", file};
    }
  }

  /// A report of the run before, among the documents, is none of them; but no document is overwritten by a report.
  void leave_out_reports(std::vector<rapporteur::BatchInput>& inputs) const {
    std::error_code none;
    for (const std::string& report : x_options.reports) {
      if (!std::filesystem::exists(report, none)) continue;
      if (!x_options.force && !rapporteur::is_run_report(report))
        throw Stop{exit_write, "U602", "exists and is no report of a run", "give another name to --report, or --force to overwrite it", report};
      std::erase_if(inputs, [&](const rapporteur::BatchInput& input) { return std::filesystem::equivalent(input.path, report, none); });
    }
  }

  /// A bag among the reports would be read as reports the next time.
  void check_bag() const {
    const auto full = [](const std::string& path) { return (std::filesystem::absolute(path).lexically_normal() / "").native(); };
    for (const std::string& file : x_files)
      if (std::error_code none; !x_options.bag.empty() && std::filesystem::is_directory(file, none) && full(x_options.bag).starts_with(full(file)))
        throw Stop{exit_usage, "U107", "the bag would lie among the reports", "give a --bag outside of " + file, ""};
  }

  int finish(const rapporteur::BatchEnd& end, bool not_all_searched) const {
    say(end.errors);
    if (x_options.dry_run) return end.errors.empty() ? exit_ok : exit_write;
    if (!x_quiet && (end.errors.empty() || end.counts.done > 0)) say_end(end);
    for (const rapporteur::Diagnostic& error : end.errors)
      if (error.code.front() != 'G') return exit_write;
      else return exit_grammar;
    if (end.stopped) return exit_signalled + stopped_by;
    if (end.counts.failed + end.counts.invalid > 0 || not_all_searched) return exit_failed;
    return x_fail_on == "review" && end.counts.review > 0 ? exit_review : exit_ok;
  }

  void say_end(const rapporteur::BatchEnd& end) const {
    const rapporteur::BatchProgress& c = end.counts;
    std::string text = count(c.done, c.done == 1 ? "document: " : "documents: ") + count(c.ok, "ok, ") + count(c.review, "review, ") + count(c.invalid, "invalid, ") +
                       count(c.failed, "failed") + (c.kept ? " (" + count(c.kept, "of them done before and unchanged)") : "") + "\n";
    for (const std::string& reason : end.reasons) text += "  " + rapporteur::printable(reason) + "\n";
    if (end.stopped) text += "stopped with " + count(c.total - c.done, "to go; the same command goes on from here\n");
    else if (c.invalid + c.failed > 0) text += "next: --report run.html lists them; --retry-failed does them again\n";
    else if (c.review > 0 && x_options.reports.empty()) text += "next: --report run.html says where to look\n";
    say(text);
  }

  rapporteur::BatchOptions x_options;
  LimitOptions x_limits;
  GrammarOptions x_grammar;
  std::vector<std::string> x_files;
  std::string x_files_from, x_progress = "auto", x_fail_on;
  static constexpr int everything = -1;
  int x_sample = everything;
  bool x_null = false, x_no_resume = false, x_quiet = false;
};

}  // namespace

std::unique_ptr<Command> make_batch() { return std::make_unique<Batch>(); }

}  // namespace tool
