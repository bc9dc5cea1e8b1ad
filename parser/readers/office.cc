// Stage readers: conversion by LibreOffice.

#include "readers/office.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "readers/external.h"

namespace rapporteur {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t office_memory = 2;  // its libraries alone take a gigabyte of addresses, little of it memory

/// A folder that is gone when this is.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code none;
    std::string path = (fs::temp_directory_path(none) / "rapporteur-XXXXXX").string();
    if (::mkdtemp(path.data()) != nullptr) x_path = path;
  }
  ~TemporaryFolder() {
    std::error_code none;
    if (!x_path.empty()) fs::remove_all(x_path, none);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return x_path; }

 private:
  fs::path x_path;
};

}  // namespace

std::string convert_command(const std::string& file) {
  return fmt::format("soffice --headless --convert-to docx {}", file.empty() ? std::string("FILE") : shell_quoted(file));
}

Result<std::string> convert_to_docx(std::string_view bytes, std::string_view extension, const ConverterOptions& options,
                                    const std::string& file) {
  const Result<Program> office = find_external("soffice", options.soffice);
  if (!office) {
    Diagnostics said = office.said();
    for (Diagnostic& one : said) one.file = file;
    return said;
  }
  const TemporaryFolder folder;
  const fs::path in = folder.path() / fmt::format("in.{}", extension), out = folder.path() / "in.docx";
  if (!std::ofstream(in, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size())))
    return external_error("E105", "no temporary file can be written for LibreOffice", "look at the space in TMPDIR", file);
  ProcessRequest request;
  request.argv = {office->path, "--headless", "--norestore", "-env:UserInstallation=file://" + (folder.path() / "profile").string(),
                  "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder.path().string(), in.string()};
  request.environment = {"HOME=" + folder.path().string()};
  request.starts_others = true;  // soffice is a script, and its work done two processes below
  request.limits = converter_limits(options.deadline, office_memory * options.memory_mb);
  const ProcessOutcome outcome = run_process(request);
  std::ifstream made(out, std::ios::binary);
  if (outcome.end != ProcessEnd::exited || outcome.status != 0 || !made) return explain_end(*office, outcome, request.limits, file);
  return std::string(std::istreambuf_iterator<char>(made), {});
}

}  // namespace rapporteur
