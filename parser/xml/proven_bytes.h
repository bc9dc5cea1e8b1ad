// Stage xml: a document written, judged, checked and held against its source in one walk.
#pragma once

#include <cstdint>
#include <string_view>

#include "xml/byte_sink.h"
#include "xml/check_sink.h"
#include "xml/coverage.h"
#include "xml/verdicts.h"

namespace rapporteur::xml {

/// What is written is what is judged, checked and counted: one walk, so that they cannot differ. That ids are unique and
/// targets exist is left to the checks; the judge need not look at it again.
class ProvenBytes final : public Sink {
 public:
  ProvenBytes(const Report& report, OutputBuffer& out, Judge& judge, Coverage& source)
      : x_bytes(out), x_judge(judge), x_checks(report), x_letters(source) {
    x_judge.begin();
  }

  void open(Tag tag) override {
    x_bytes.open(tag);
    x_judge.open(tag);
    x_checks.open(tag);
    x_letters.open(tag);
  }
  void attribute(Attribute attribute, std::string_view value) override {
    x_judge.value(attribute, value, x_bytes.write(attribute, value));
    x_checks.attribute(attribute, value);
    x_letters.attribute(attribute, value);
  }
  void figure(Attribute attribute, std::string_view digits) override {
    x_bytes.figure(attribute, digits);
    x_judge.figure(attribute, digits);
  }
  void position(const Position& at) override {
    const bool plain = x_bytes.place(at);
    if (!at.rule.empty()) x_judge.value(Attribute::rule, at.rule, plain);
    x_checks.position(at);
  }
  void text(std::string_view text) override {
    x_bytes.text(text);
    x_judge.text(text);
    x_checks.text(text);
    x_letters.text(text);
  }
  void close() override {
    x_bytes.close();
    x_judge.close();
    x_checks.close();
    x_letters.close();
  }

  std::uint64_t replaced() const { return x_bytes.replaced(); }
  bool judged_good() { return x_judge.sure(); }
  Diagnostics checked() { return x_checks.finish(); }

 private:
  ByteSink x_bytes;
  Judge& x_judge;
  CheckSink x_checks;
  CoverageSink x_letters;
};

}  // namespace rapporteur::xml
