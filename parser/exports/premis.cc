// Stage exports: the PREMIS sidecar.

#include "rapporteur/premis.h"

#include <ctime>
#include <map>

#include <fmt/format.h>

#include "exports/markup.h"
#include "text/sha256.h"

namespace rapporteur {

namespace {

constexpr const char* event_id = "event-1";

std::string utc(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                     parts.tm_min, parts.tm_sec);
}

/// "2 warnings: A101, N101": how many there are of what an archivist should know, and which.
std::string summary(const Diagnostics& said) {
  std::map<std::string, int> codes;
  int warnings = 0, errors = 0;
  for (const Diagnostic& one : said) {
    if (one.severity == Severity::info) continue;
    ++codes[one.code];
    ++(one.severity == Severity::error ? errors : warnings);
  }
  if (codes.empty()) return "nothing to report";
  std::string out = fmt::format("{} error{}, {} warning{}:", errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
  for (const auto& [code, count] : codes) out += fmt::format(" {} ({})", code, count);
  return out;
}

class PremisWriter {
 public:
  PremisWriter(const Report& report, const PremisEvent& event, std::string& out)
      : x_report(report), x_event(event), x_xml(out), x_source_sha256(report.source_info.sha256), x_output_sha256(sha256_hex(event.output)) {}

  void write() {
    x_xml.block("premis:premis").with("xmlns:premis", "http://www.loc.gov/premis/v3");
    x_xml.with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").with("version", "3.0");
    source();
    output();
    event();
    agent();
    x_xml.close();
  }

 private:
  /// premis:<name>Type and premis:<name>Value within premis:<name>.
  void identifier(const std::string& name, std::string_view type, std::string_view value, std::string_view role = {}) {
    const std::string element = "premis:" + name, of_type = element + "Type", of_value = element + "Value";
    x_xml.block(element.c_str());
    x_xml.leaf(of_type.c_str(), type);
    x_xml.leaf(of_value.c_str(), value);
    if (!role.empty()) x_xml.leaf("premis:linkingObjectRole", role);
    x_xml.close();
  }
  static std::string urn(const std::string& sha256) { return "urn:sha256:" + sha256; }

  void open_object(const std::string& sha256, std::uint64_t size) {
    x_xml.block("premis:object").with("xsi:type", "premis:file");
    identifier("objectIdentifier", "URI", urn(sha256));
    x_xml.block("premis:objectCharacteristics").block("premis:fixity");
    x_xml.leaf("premis:messageDigestAlgorithm", "SHA-256");
    x_xml.leaf("premis:messageDigest", sha256);
    x_xml.leaf("premis:messageDigestOriginator", std::string("rapporteur ") + RAPPORTEUR_VERSION);
    x_xml.close();
    x_xml.leaf("premis:size", std::to_string(size));
    x_xml.block("premis:format").block("premis:formatDesignation");
  }

  void source() {
    const SourceInfo& info = x_report.source_info;
    open_object(x_source_sha256, info.bytes);
    x_xml.leaf("premis:formatName", info.media_type.empty() ? "application/octet-stream" : info.media_type);
    for (int i = 0; i < 3; ++i) x_xml.close();
    x_xml.leaf("premis:originalName", info.name);
    identifier("linkingEventIdentifier", "local", event_id);
    x_xml.close();
  }

  void output() {
    open_object(x_output_sha256, x_event.output.size());
    x_xml.leaf("premis:formatName", "XML");
    x_xml.leaf("premis:formatVersion", "1.0");
    x_xml.close();
    x_xml.block("premis:formatRegistry");
    x_xml.leaf("premis:formatRegistryName", "PRONOM");
    x_xml.leaf("premis:formatRegistryKey", "fmt/101");
    x_xml.close();
    x_xml.close();
    x_xml.block("premis:creatingApplication");
    x_xml.leaf("premis:creatingApplicationName", "rapporteur");
    x_xml.leaf("premis:creatingApplicationVersion", RAPPORTEUR_VERSION);
    x_xml.close();
    x_xml.close();
    x_xml.leaf("premis:originalName", x_event.output_name);
    x_xml.block("premis:relationship");
    x_xml.leaf("premis:relationshipType", "derivation");
    x_xml.leaf("premis:relationshipSubType", "has source");
    identifier("relatedObjectIdentifier", "URI", urn(x_source_sha256));
    identifier("relatedEventIdentifier", "local", event_id);
    x_xml.close();
    identifier("linkingEventIdentifier", "local", event_id);
    x_xml.close();
  }

  void event() {
    x_xml.block("premis:event");
    identifier("eventIdentifier", "local", event_id);
    x_xml.leaf("premis:eventType", "metadata extraction");
    x_xml.leaf("premis:eventDateTime", utc(x_event.time));
    x_xml.block("premis:eventDetailInformation");
    x_xml.leaf("premis:eventDetail",
               fmt::format("program=\"rapporteur\"; version=\"{}\"; grammar=\"{} {}\"; schema=\"urn:x-rapporteur:report:1 1.0\"{}",
                           RAPPORTEUR_VERSION, x_report.grammar.id, x_report.grammar.version,
                           x_report.options.empty() ? "" : "; options=\"" + x_report.options + "\""));
    x_xml.close();
    x_xml.block("premis:eventOutcomeInformation");
    x_xml.leaf("premis:eventOutcome", x_event.valid ? "pass" : "fail");
    x_xml.block("premis:eventOutcomeDetail");
    x_xml.leaf("premis:eventOutcomeDetailNote", summary(x_event.diagnostics));
    x_xml.close();
    x_xml.close();
    identifier("linkingAgentIdentifier", "local", agent_id());
    identifier("linkingObjectIdentifier", "URI", urn(x_source_sha256), "source");
    identifier("linkingObjectIdentifier", "URI", urn(x_output_sha256), "outcome");
    x_xml.close();
  }

  void agent() {
    x_xml.block("premis:agent");
    identifier("agentIdentifier", "local", agent_id());
    x_xml.leaf("premis:agentName", "rapporteur");
    x_xml.leaf("premis:agentType", "software");
    x_xml.leaf("premis:agentVersion", RAPPORTEUR_VERSION);
    x_xml.close();
  }
  static std::string agent_id() { return std::string("rapporteur-") + RAPPORTEUR_VERSION; }

  const Report& x_report;
  const PremisEvent& x_event;
  Markup x_xml;
  std::string x_source_sha256, x_output_sha256;
};

}  // namespace

std::string premis(const Report& report, const PremisEvent& event) {
  std::string out = xml_declaration;
  PremisWriter(report, event, out).write();
  return out += '\n';
}

}  // namespace rapporteur
