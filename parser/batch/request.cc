// Stage batch: requests and replies of a stream.

#include "batch/request.h"

#include <utility>

#include <simdjson.h>

#include <openssl/evp.h>

#include "batch/verdict.h"
#include "diagnostics/json_text.h"

namespace rapporteur {

namespace {

constexpr std::size_t most_engines = 16;  // of grammars that requests ask for by name

struct StreamRequest {
  std::string id = "null";  // JSON, ASCII
  std::string grammar;
  std::vector<std::string> forms;
  Input input;
};

Diagnostic bad_request(std::string message, std::string help) { return batch_error("B010", std::move(message), std::move(help)); }

/// Decodes base64 (blanks allowed at its end, no line ends within). False where it is none.
bool decode_base64(std::string_view text, std::string& bytes) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  bytes.resize(text.size() / 4 * 3 + 3);
  if (text.size() % 4 != 0) return false;
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return false;
  const std::size_t padding = text.empty() ? 0 : text.back() != '=' ? 0 : text[text.size() - 2] != '=' ? 1 : 2;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return true;
}

/// Reads a text member. False where it is there and no text.
bool read_text(const simdjson::dom::object& object, const char* name, std::string& into, bool* there = nullptr) {
  simdjson::dom::element value;
  if (object[name].get(value) != simdjson::SUCCESS || value.is_null()) return true;
  if (there) *there = true;
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return false;
  into = text;
  return true;
}

bool read_forms(const simdjson::dom::object& object, std::vector<std::string>& into) {
  simdjson::dom::element value;
  if (object["forms"].get(value) != simdjson::SUCCESS || value.is_null()) return true;
  simdjson::dom::array names;
  if (value.get(names) != simdjson::SUCCESS) return false;
  for (const simdjson::dom::element name : names) {
    std::string_view text;
    if (name.get(text) != simdjson::SUCCESS) return false;
    into.emplace_back(text);
  }
  return true;
}

Diagnostics read_members(const simdjson::dom::object& object, StreamRequest& request) {
  for (const auto& [name, into] : std::initializer_list<std::pair<const char*, std::string*>>{
           {"name", &request.input.name}, {"format", &request.input.format}, {"encoding", &request.input.encoding}, {"grammar", &request.grammar}})
    if (!read_text(object, name, *into)) return {bad_request(std::string("\"") + name + "\" is no text", "give it as a JSON string")};
  if (!read_forms(object, request.forms)) return {bad_request("\"forms\" is no list of texts", "for example [\"outline-tsv\"]")};
  for (const std::string& form : request.forms) {
    bool known = false;
    for (const Form& row : forms()) known = known || row.name == form;
    if (!known) return {bad_request("there is no form '" + form + "'", "rapporteur parse --help lists them")};
  }
  bool text = false, base64 = false;
  std::string encoded;
  if (!read_text(object, "text", request.input.bytes, &text) || !read_text(object, "base64", encoded, &base64))
    return {bad_request("the document is no text", "give \"text\" or \"base64\" as a JSON string")};
  if (text == base64) return {bad_request(text ? "both \"text\" and \"base64\" are given" : "neither \"text\" nor \"base64\" is given", "give the document as one of the two")};
  if (text && request.input.encoding.empty()) request.input.encoding = "UTF-8";
  if (base64 && !decode_base64(encoded, request.input.bytes)) return {bad_request("\"base64\" is no base64", "RFC 4648, with padding and without line ends")};
  return {};
}

/// Fills the request; what is wrong with it otherwise. The id is filled in either case.
Diagnostics read_request(std::string_view line, StreamRequest& request) {
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element root;
  const simdjson::padded_string padded(line);
  const auto error = parser.parse(padded).get(root);
  if (error != simdjson::SUCCESS)
    return {bad_request(std::string("the request is no JSON: ") + simdjson::error_message(error), "one JSON object on a line, in UTF-8, ended by a line end")};
  simdjson::dom::object object;
  if (root.get(object) != simdjson::SUCCESS) return {bad_request("the request is no JSON object", "{\"id\": ..., \"text\": ...}")};
  simdjson::dom::element id;
  if (object["id"].get(id) == simdjson::SUCCESS) {
    request.id.clear();
    append_json_as_ascii(request.id, simdjson::minify(id));
  }
  return read_members(object, request);
}

std::string reply_to(const StreamRequest& request, const Parsed& parsed) {
  std::string out;
  out.reserve(parsed.xml.size() + parsed.xml.size() / 8 + 1024);
  ((out += "{\"id\":") += request.id) += ",\"outcome\":\"";
  (out += outcome_name(parsed.outcome)) += '"';
  if (parsed.outcome != Outcome::failed) {
    const Report& report = parsed.report;
    out += report.verdict == Verdict::review ? ",\"verdict\":\"review\",\"reasons\":" : ",\"verdict\":\"ok\",\"reasons\":";
    append_json_list(out, report.review_reasons);
    append_json_string(out += ",\"symbol\":", symbol_of(report));
    append_json_string(out += ",\"grammar\":", report.grammar.id);
    append_json_string(out += ",\"sha256\":", report.source_info.sha256);
    append_counts(out += ",\"counts\":", parsed.counts);
    append_json_string(out += ",\"xml\":", parsed.xml);
    for (std::size_t i = 0; i < request.forms.size(); ++i) {
      append_json_string(out += i == 0 ? ",\"forms\":{" : ",", request.forms[i]);
      append_json_string(out += ':', parsed.shown[i]);
    }
    if (!request.forms.empty()) out += '}';
  }
  append_diagnostics(out += ",\"diagnostics\":", parsed.diagnostics);
  return out += "}\n";
}

}  // namespace

std::string failed_reply(std::string_view id, const Diagnostic& why) {
  std::string out = "{\"id\":";
  (out += id) += ",\"outcome\":\"failed\"";
  append_diagnostics(out += ",\"diagnostics\":", {why});
  return out += "}\n";
}

std::string id_of(std::string_view line) {
  StreamRequest request;
  (void)read_request(line, request);
  return request.id;
}

Result<const Engine*> Answerer::engine(const std::string& grammar) {
  const auto known = x_engines.find(grammar);
  if (known != x_engines.end()) return &known->second;
  EngineOptions options = x_options;
  if (!grammar.empty()) options.grammar = grammar;
  auto made = Engine::create(std::move(options));
  if (!made) return made.said();
  if (x_engines.size() >= most_engines) x_engines.clear();
  return &x_engines.emplace(grammar, std::move(*made)).first->second;
}

Diagnostics Answerer::prepare() {
  const auto made = engine("");
  return made ? Diagnostics() : made.said();
}

std::string Answerer::answer(std::string_view line) {
  StreamRequest request;
  Parsed parsed;
  parsed.diagnostics = read_request(line, request);
  if (parsed.diagnostics.empty()) {
    const auto engine_found = engine(request.grammar);
    if (engine_found) parsed = (*engine_found)->parse(std::move(request.input), request.forms);
    else parsed.diagnostics = engine_found.said();
  }
  return reply_to(request, parsed);
}

}  // namespace rapporteur
