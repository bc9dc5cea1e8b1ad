// Stage batch: one file of a batch.

#include "batch/job.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/verdict.h"
#include "diagnostics/json_text.h"
#include "text/sha256.h"

namespace rapporteur {

namespace {

constexpr std::size_t most_said = 40;  // diagnostics kept for the report of a run, errors first

// Messages are texts joined by NUL: none of them can hold one.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) (out += part) += '\0';
  return out;
}

std::string_view take(std::string_view& rest) {
  const std::size_t end = rest.find('\0');
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

std::uint64_t number(std::string_view text) { return std::strtoull(std::string(text).c_str(), nullptr, 10); }

/// 0 or errno. A pipe or a device is EINVAL: reading one might never end.
int read_file(const std::string& path, std::string& bytes) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return errno;
  struct stat found {};
  int error = ::fstat(file, &found) != 0 ? errno : S_ISREG(found.st_mode) ? 0 : S_ISDIR(found.st_mode) ? EISDIR : EINVAL;
  bytes.resize(error == 0 ? static_cast<std::size_t>(found.st_size) + 1 : 0);
  std::size_t size = 0;
  while (error == 0) {
    if (size == bytes.size()) bytes.resize(2 * size);
    const ssize_t got = ::read(file, bytes.data() + size, bytes.size() - size);
    if (got == 0) break;
    if (got > 0) size += static_cast<std::size_t>(got);
    else if (errno != EINTR) error = errno;
  }
  ::close(file);
  bytes.resize(size);
  return error;
}

/// 0 or errno.
int write_new_file(const std::string& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (file < 0) return errno;
  int error = 0;
  while (error == 0 && !text.empty()) {
    const ssize_t wrote = ::write(file, text.data(), text.size());
    if (wrote >= 0) text.remove_prefix(static_cast<std::size_t>(wrote));
    else if (errno != EINTR) error = errno;
  }
  if (::close(file) != 0 && error == 0) error = errno;
  return error;
}

Diagnostics worth_keeping(const Diagnostics& all) {
  Diagnostics kept;
  for (const Severity wanted : {Severity::error, Severity::warning})
    for (const Diagnostic& one : all)
      if (one.severity == wanted && kept.size() < most_said) kept.push_back(one);
  return kept;
}

std::string record_of(const Parsed& parsed, std::size_t bytes) {
  const Report& report = parsed.report;
  std::string out = "{\"bytes\":" + std::to_string(bytes);
  append_counts(out += ",\"counts\":", parsed.counts);
  out += report.verdict == Verdict::review ? ",\"verdict\":\"review\"" : ",\"verdict\":\"ok\"";
  append_json_string(out += ",\"grammar\":", report.grammar.id);
  append_json_string(out += ",\"language\":", report.language);
  append_json_list(out += ",\"reasons\":", report.review_reasons);
  append_diagnostics(out += ",\"said\":", worth_keeping(parsed.diagnostics));
  return out += "}";
}

}  // namespace

std::string FileJob::packed() const { return joined({path, name, known_sha256, temporary}); }

FileJob FileJob::unpacked(std::string_view bytes) {
  FileJob job;
  for (std::string* part : {&job.path, &job.name, &job.known_sha256, &job.temporary}) *part = take(bytes);
  return job;
}

std::string FileResult::packed() const {
  return joined({std::string(1, static_cast<char>(kind)), std::to_string(static_cast<int>(outcome)), review ? "1" : "0",
                 std::to_string(input_bytes), std::to_string(output_bytes), sha256, symbol, record});
}

FileResult FileResult::unpacked(std::string_view bytes) {
  FileResult result;
  result.kind = static_cast<Kind>(take(bytes).front());
  result.outcome = static_cast<Outcome>(number(take(bytes)));
  result.review = take(bytes) == "1";
  result.input_bytes = number(take(bytes));
  result.output_bytes = number(take(bytes));
  result.sha256 = take(bytes);
  result.symbol = take(bytes);
  result.record = take(bytes);
  return result;
}

FileResult failed_file(const Diagnostic& why) {
  Parsed parsed;
  parsed.diagnostics = {why};
  FileResult result;
  result.record = record_of(parsed, 0);
  return result;
}

FileResult do_file(const Engine& engine, const FileJob& job) {
  Input input;
  input.name = job.name.substr(job.name.rfind('/') + 1);
  if (const int error = read_file(job.path, input.bytes))
    return failed_file(batch_error("B202", error == EINVAL ? "is no plain file" : std::string("cannot be read: ") + std::strerror(error), "", input.name));
  FileResult result;
  result.input_bytes = input.bytes.size();
  if (!job.known_sha256.empty() && sha256_hex(input.bytes) == job.known_sha256) {
    result.sha256 = job.known_sha256;
    result.kind = FileResult::Kind::same;
    return result;
  }
  const Parsed parsed = engine.parse(input);
  result.sha256 = parsed.report.source_info.sha256.empty() ? sha256_hex(input.bytes) : parsed.report.source_info.sha256;
  result.outcome = parsed.outcome;
  result.review = parsed.report.verdict == Verdict::review;
  result.symbol = symbol_of(parsed.report);
  std::erase(result.symbol, '\0');
  result.record = record_of(parsed, input.bytes.size());
  if (parsed.outcome == Outcome::failed) return result;
  result.output_bytes = parsed.xml.size();
  if (const int error = write_new_file(job.temporary, parsed.xml)) {
    result.kind = FileResult::Kind::cannot_write;
    result.record = std::strerror(error);
  }
  return result;
}

std::string file_sha256(const std::string& path) {
  std::string bytes;
  return read_file(path, bytes) == 0 ? sha256_hex(bytes) : std::string();
}

std::string base_symbol(std::string_view symbol) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  const auto ends_in_mark = [&](std::string_view text, std::string_view mark) {
    if (text.size() <= mark.size()) return false;
    for (std::size_t i = 0; i < mark.size(); ++i)
      if (lower(text[text.size() - mark.size() + i]) != mark[i]) return false;
    const char before = text[text.size() - mark.size() - 1];
    return before == '/' || before == '-' || before == '.' || before == '_' || before == ' ';
  };
  for (;;) {
    std::string_view rest = symbol;
    while (!rest.empty() && ((rest.back() >= '0' && rest.back() <= '9') || rest.back() == '.' || rest.back() == ' ')) rest.remove_suffix(1);
    std::string_view shorter;
    for (const std::string_view mark : {"rev", "corr", "add", "amend"})
      if (ends_in_mark(rest, mark)) shorter = rest.substr(0, rest.size() - mark.size() - 1);
    if (shorter.empty()) return std::string(symbol);
    symbol = shorter;
  }
}

}  // namespace rapporteur
