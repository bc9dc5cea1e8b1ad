// Stage batch: the stream: requests in, replies out, in order, whatever becomes of a document.
//
// The parent only cuts its input into lines, hands them to the workers, and puts the replies back in order.

#include <cerrno>
#include <csignal>
#include <cstring>
#include <deque>

#include <unistd.h>

#include "batch/request.h"
#include "batch/verdict.h"
#include "batch/workers.h"
#include "rapporteur/batch.h"

namespace rapporteur {

namespace {

constexpr std::size_t read_at_once = 256 * 1024;

/// A request that was read and not yet replied to. It keeps its line, so that an error can name its id.
struct Waiting {
  std::string line;
  std::string reply;
};

class Stream {
 public:
  Stream(int in, int out, const StreamOptions& options)
      : x_in(in), x_out(out), x_options(options), x_answerer(within(options.engine, options.limits)),
        x_workers(options.limits, [this](std::string_view line) { return x_answerer.answer(line); }) {}

  Diagnostics run() {
    x_error = x_answerer.prepare();
    std::vector<JobDone> done;
    while (x_error.empty() && (!x_ended || !x_waiting.empty())) {
      if (x_options.stop && *x_options.stop) x_ended = true;
      const bool reads = !x_ended && !x_workers.full();
      done.clear();
      if (x_workers.wait(done, reads ? x_in : -1, 200) && reads) read_more();
      for (JobDone& one : done) settle(one);
      write_replies();
    }
    return x_error;
  }

 private:
  void read_more() {
    const std::size_t before = x_rest.size();
    const ssize_t got = ::read(x_in, x_read.data(), x_read.size());
    if (got > 0) x_rest.append(x_read.data(), static_cast<std::size_t>(got));
    if (got < 0 && errno != EINTR && errno != EAGAIN)
      x_error.push_back(batch_error("B001", std::string("requests cannot be read: ") + std::strerror(errno), ""));
    cut_lines(before);
    if (got != 0) return;
    x_ended = true;
    if (!x_rest.empty() || x_skipping) refuse("the input ended within this request", "end every request with a line end");
    x_rest.clear();
  }

  /// Takes whole lines off what was read; only what lies from `searched` on can hold a line end.
  void cut_lines(std::size_t searched) {
    std::size_t begin = 0;
    for (std::size_t end; (end = x_rest.find('\n', std::max(begin, searched))) != std::string::npos; begin = end + 1) {
      if (x_skipping) too_long();
      else take(std::string_view(x_rest).substr(begin, end - begin));
      x_skipping = false;
    }
    x_rest.erase(0, begin);
    if (x_rest.size() <= x_options.max_line) return;
    x_skipping = true;
    x_rest.clear();
  }

  void too_long() {
    refuse("the request is longer than " + std::to_string(x_options.max_line) + " bytes", "a document of this size is parsed from a file: rapporteur parse FILE");
  }

  void refuse(const char* message, const char* help) { refuse(std::string(message), help); }
  void refuse(std::string message, const char* help) {
    x_waiting.push_back({{}, failed_reply(id_of(x_skipping ? std::string_view() : x_rest), batch_error("B010", std::move(message), help))});
    ++x_next;
  }

  void take(std::string_view line) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) return;  // an empty line asks for nothing
    x_waiting.push_back({std::string(line), {}});
    x_workers.submit(x_next++, std::string(line));
  }

  void settle(JobDone& done) {
    Waiting& waiting = x_waiting[done.ticket - x_first];
    waiting.reply = done.end == JobEnd::replied ? std::move(done.reply) : failed_reply(id_of(waiting.line), explain_job(done, x_options.limits));
    waiting.line = {};
  }

  void write_replies() {
    std::string text;
    for (; !x_waiting.empty() && !x_waiting.front().reply.empty(); x_waiting.pop_front(), ++x_first) {
      if (text.empty()) text = std::move(x_waiting.front().reply);
      else text += x_waiting.front().reply;
    }
    for (std::size_t at = 0; at < text.size();) {
      const ssize_t wrote = ::write(x_out, text.data() + at, text.size() - at);
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote < 0) {
        x_error.push_back(batch_error(errno == EPIPE ? "B003" : "B002", std::string("replies cannot be written: ") + std::strerror(errno), ""));
        return;
      }
      at += static_cast<std::size_t>(wrote);
    }
  }

  int x_in, x_out;
  const StreamOptions& x_options;
  Answerer x_answerer;  // used in the children only: each has its own copy
  Workers x_workers;
  std::vector<char> x_read = std::vector<char>(read_at_once);
  std::string x_rest;   // what was read of a line that has not ended
  std::deque<Waiting> x_waiting;
  std::uint64_t x_first = 0, x_next = 0;  // tickets of the first waiting request and of the next
  bool x_ended = false;
  bool x_skipping = false;  // within a line that is too long
  Diagnostics x_error;
};

}  // namespace

Diagnostics run_stream(int in, int out, const StreamOptions& options) {
  struct sigaction ignore {}, before {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &before);
  Diagnostics said = Stream(in, out, options).run();
  ::sigaction(SIGPIPE, &before, nullptr);
  return said;
}

}  // namespace rapporteur
