// Stage batch: one request of a stream, and its reply. docs/stream.md is the contract of both.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/batch.h"

namespace rapporteur {

/// Answers requests, one after another. Keeps the engines of the grammars that were asked for (a few of them).
class Answerer {
 public:
  explicit Answerer(EngineOptions options) : x_options(std::move(options)) {}

  /// Makes the engine that most requests want, so that children begin with it. What is wrong with its grammar otherwise.
  Diagnostics prepare();

  /// The reply to one line, with its line end. Never throws for what stands in the line.
  std::string answer(std::string_view line);

 private:
  Result<const Engine*> engine(const std::string& grammar);

  EngineOptions x_options;
  std::map<std::string, Engine> x_engines;
};

/// The reply where there is no more than an error to give. `id` is JSON.
std::string failed_reply(std::string_view id, const Diagnostic& why);

/// The "id" of a request as ASCII JSON; "null" where there is none or the line is no JSON.
std::string id_of(std::string_view line);

}  // namespace rapporteur
