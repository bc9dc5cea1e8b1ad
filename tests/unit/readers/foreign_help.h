// Help for the tests of foreign formats: documents made on the spot by the real pandoc, and small containers.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <zip.h>

#include "readers/dump.h"
#include "readers/external.h"
#include "readers/pandoc.h"

namespace rapporteur::testing {

inline bool have(const char* program) { return find_program(program).has_value(); }

#define NEEDS(program) \
  if (!::rapporteur::testing::have(program)) GTEST_SKIP() << program << " is not installed"

/// What pandoc makes of a text.
inline std::string pandoc_makes(const std::string& text, const std::string& from, const std::string& to, std::vector<std::string> more = {}) {
  ProcessRequest request;
  request.argv = {*find_program("pandoc"), "-f", from, "-t", to, "-o", "-"};
  request.argv.insert(request.argv.end(), more.begin(), more.end());
  request.input = text;
  ProcessOutcome outcome = run_process(request);
  EXPECT_EQ(outcome.status, 0) << outcome.errors;
  return outcome.output;
}

/// The plain rendering, as the Source has it.
inline std::string rendering(const Document& document) { return std::string(document.source->text()); }

/// A zip container of named parts.
inline std::string container(const std::vector<std::pair<std::string, std::string>>& parts) {
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(source);
  zip_t* archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
  zip_close(archive);
  zip_source_open(source);
  zip_source_seek(source, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
  zip_source_seek(source, 0, SEEK_SET);
  zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  zip_source_free(source);
  return bytes;
}

/// A DOCX with this body (the inside of w:body).
inline std::string docx(const std::string& body, std::vector<std::pair<std::string, std::string>> more = {}) {
  std::vector<std::pair<std::string, std::string>> parts = {
      {"[Content_Types].xml",
       R"(<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>)"},
      {"_rels/.rels",
       R"(<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>)"},
      {"word/document.xml",
       R"(<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" + body +
           "</w:body></w:document>"}};
  parts.insert(parts.end(), more.begin(), more.end());
  return container(parts);
}

/// `CODE message | help` of the only diagnostic.
inline std::string only(const Diagnostics& said) {
  if (said.size() != 1) return "not one diagnostic but " + std::to_string(said.size());
  return said[0].code + " " + said[0].message + " | " + said[0].help;
}

}  // namespace rapporteur::testing
