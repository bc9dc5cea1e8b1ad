// Stage grammar: the samples of a grammar: each rule shows what it is for, and proves it.

#include <algorithm>

#include <fmt/format.h>

#include "grammar/file_reader.h"
#include "grammar/grammar_impl.h"

namespace rapporteur {

namespace {

/// Runs samples of one file.
class SampleRun {
 public:
  SampleRun(const Source& source, const ReadFile& read) : x_source(source), x_read(read) {}

  Diagnostics run(std::size_t& held) {
    held = 0;
    for (const Sample& sample : x_read.samples) {
      const std::size_t before = x_said.size();
      run_one(sample);
      if (x_said.size() == before) ++held;
    }
    return std::move(x_said);
  }

 private:
  /// The first match of the sample's rule, as the matcher would find it.
  bool find(const CompiledRule& rule, std::string_view text, Match& match) {
    const Pattern& pattern = rule.pattern->fast();
    const std::size_t last = rule.rule.block ? std::min<std::size_t>(text.size(), 1) : text.size();
    for (std::size_t at = 0; at < last; ++at) {
      if (!rule.rule.block && !may_start_inline(text, at)) continue;
      const auto outcome = x_runner.run(pattern, text, static_cast<std::uint32_t>(at), false, match);
      if (outcome == Runner::Outcome::failed) x_failed = true;
      if (outcome != Runner::Outcome::matched || match.whole.empty()) continue;
      if (!rule.rule.alone || text.find_first_not_of(" \t", match.whole.end) == std::string_view::npos) return true;
    }
    return false;
  }

  void run_one(const Sample& sample) {
    const CompiledRule& rule = x_read.file->rules[sample.rule];
    const std::string text = sample.text.substr(std::min(sample.text.find_first_not_of(" \t"), sample.text.size()));
    const auto shift = static_cast<std::uint32_t>(sample.text.size() - text.size());
    Match match;
    x_failed = false;
    const bool matched = find(rule, text, match);
    if (x_failed)
      return say(sample, {shift, shift + 1}, "G304", fmt::format("the rule \"{}\" runs away on this sample: {}", rule.rule.name, x_runner.reason()),
                 "bound its repeats (\\d{1,3} instead of \\d+) and avoid a repeat inside a repeat");
    if (!sample.must_match && matched)
      return say(sample, {match.whole.begin + shift, match.whole.end + shift}, "G303",
                 fmt::format("the rule \"{}\" matches its counter-sample", rule.rule.name), "make the pattern narrower, or take the counter-sample out");
    if (!sample.must_match) return;
    if (!matched) return say_unmatched(sample, rule, text, shift);
    if (const auto twice = x_runner.filled_twice(rule.pattern->fast()))
      say(sample, {match.whole.begin + shift, match.whole.end + shift}, "G305",
          fmt::format("the rule \"{}\" fills the capture \"{}\" twice", rule.rule.name, capture_name(*twice)),
          "put the second piece in as {{name as second}}, or as {{name as words}} where its captures are not needed");
    for (const Sample::Expected& expected : sample.expected) compare(expected, match, text, rule);
  }

  void say_unmatched(const Sample& sample, const CompiledRule& rule, std::string_view text, std::uint32_t shift) {
    const Pattern& pattern = rule.pattern->fast();
    std::uint32_t best = 0;
    for (std::size_t at = 0; at < (rule.rule.block ? std::min<std::size_t>(1, text.size()) : text.size()); ++at) {
      if (!rule.rule.block && !may_start_inline(text, at)) continue;
      const std::uint32_t end = Runner::longest_prefix(pattern, text, static_cast<std::uint32_t>(at));
      if (end > at) best = std::max(best, end);
    }
    std::string message = fmt::format("the rule \"{}\" does not match its sample", rule.rule.name);
    if (best >= text.size()) message += rule.rule.alone ? "; it must cover the whole line" : "; the sample ends too early";
    else if (best > 0) message += fmt::format("; it gets as far as \"{}\"", tail_of(text.substr(0, best)));
    std::string help = best >= text.size() ? "complete the sample, or make the end of the pattern optional"
                                           : "the caret shows where the match breaks off";
    if (has_bare_blank(x_read.written[sample.rule].text)) help += "; a blank in a pattern stands for nothing: write \\s";
    say(sample, {best + shift, best + shift + 1}, "G301", std::move(message), std::move(help));
  }

  /// The last part of what matched, whole letters only.
  static std::string tail_of(std::string_view text) {
    constexpr std::size_t most = 40;
    if (text.size() <= most) return std::string(text);
    std::size_t begin = text.size() - most;
    while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
    return "..." + std::string(text.substr(begin));
  }

  static bool has_bare_blank(std::string_view pattern) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    for (std::size_t i = 1; i + 1 < pattern.size(); ++i)
      if (pattern[i] == ' ' && letter(pattern[i - 1]) && letter(pattern[i + 1]) && (i < 2 || pattern[i - 2] != '\\')) return true;
    return false;
  }

  void compare(const Sample::Expected& expected, const Match& match, std::string_view text, const CompiledRule& rule) {
    const std::string_view name = capture_name(expected.capture);
    if (!match.has(expected.capture))
      return say_at(expected.place, "G302", fmt::format("the rule \"{}\" captures no \"{}\" here", rule.rule.name, name),
                    fmt::format("put (?<{}>...) around it in the pattern", name));
    const std::string_view found = match.text(expected.capture, text);
    if (found != expected.text)
      say_at(expected.place, "G302", fmt::format("the rule \"{}\" captures \"{}\" as \"{}\", the sample says \"{}\"", rule.rule.name, found, name, expected.text),
             "correct the pattern or the sample");
  }

  void say_at(Place place, std::string code, std::string message, std::string help) {
    const std::uint32_t begin = offset_in_file(x_source, place, 0);
    const std::uint32_t quote = offset_of(x_source, place);
    const auto end = static_cast<std::uint32_t>(std::min(x_source.text().find(x_source.text()[quote], begin), x_source.text().size()));
    x_said.push_back(said_of(x_source, {begin, end}, Severity::error, std::move(code), std::move(message), std::move(help)));
  }

  void say(const Sample& sample, Span span, std::string code, std::string message, std::string help) {
    const Span in_file{offset_in_file(x_source, sample.place, span.begin), offset_in_file(x_source, sample.place, span.end)};
    x_said.push_back(said_of(x_source, in_file, Severity::error, std::move(code), std::move(message), std::move(help)));
  }

  const Source& x_source;
  const ReadFile& x_read;
  Runner x_runner;
  Diagnostics x_said;
  bool x_failed = false;
};

}  // namespace

Diagnostics run_samples(const Source& source, const ReadFile& read, std::size_t& held) { return SampleRun(source, read).run(held); }

}  // namespace rapporteur
