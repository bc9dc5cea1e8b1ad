// Stage readers: persistent pandoc workers.
//
// A worker is one pandoc that runs a Lua filter on an empty document; the filter never returns but reads requests from
// stdin ("FORMAT CHANGES BYTES\n" and the bytes) and answers on stdout ("ok BYTES\n" or "error BYTES\n" and the bytes).
// Pandoc's own conversion needs no stdin, so the pipe is free for that. End of stdin ends the worker.

#include <algorithm>
#include <charconv>
#include <thread>

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include "readers/pandoc.h"

namespace rapporteur {

namespace {

/// Where a worker makes its garbage. A document's worth of it then costs no collection: a third of the time, 20 MB more.
constexpr const char* nursery = "-A32m";

constexpr std::string_view worker_loop = R"lua(
local read, write = io.read, io.write
while true do
  local request = read('l')
  if not request then break end
  local from, changes, bytes = request:match('^(%S+) (%S+) (%d+)$')
  if not from then break end
  bytes = tonumber(bytes)
  local document = bytes > 0 and read(bytes) or ''
  if #document < bytes then break end
  local ok, tree = pcall(function()
    return pandoc.write(pandoc.read(document, from, {track_changes = changes}), 'json')
  end)
  if pandoc.mediabag.empty then pandoc.mediabag.empty() end
  tree = tostring(tree) .. '\n'
  write(ok and 'ok ' or 'error ', #tree, '\n', tree)
  io.flush()
end
os.exit(0)
)lua";

/// A reply as far as it has come: complete once `size` bytes follow the first line.
struct Reply {
  bool ok = false;
  bool garbled = false;
  std::size_t begin = 0, size = 0;
  bool complete = false;
};

Reply parse_reply(std::string_view output) {
  Reply reply;
  const std::size_t line = output.find('\n');
  if (line == std::string_view::npos) {
    reply.garbled = output.size() > 40;
    return reply;
  }
  const std::string_view head = output.substr(0, line);
  reply.ok = head.starts_with("ok ");
  const std::size_t digits = head.find(' ') + 1;
  const auto [end, failed] = std::from_chars(head.data() + digits, head.data() + head.size(), reply.size);
  reply.garbled = digits == 0 || failed != std::errc() || end != head.data() + head.size();
  reply.begin = line + 1;
  reply.complete = !reply.garbled && output.size() >= reply.begin + reply.size;
  return reply;
}

/// What pandoc says of an error in Lua, `PandocSomeError "couldn't ..."`, as it says it on its standard error.
std::string in_plain_words(std::string said) {
  const std::size_t open = said.find(" \""), close = said.rfind('"');
  if (!said.starts_with("Pandoc") || open == std::string::npos || close < open + 2) return said;
  std::string words = said.substr(open + 2, close - open - 2);
  for (std::size_t at = 0; (at = words.find('\\', at)) != std::string::npos; ++at) words.erase(at, 1);
  return words;
}

int script_file() {
  const int fd = ::memfd_create("rapporteur-worker.lua", MFD_CLOEXEC);
  if (fd >= 0 && ::write(fd, worker_loop.data(), worker_loop.size()) < 0) return -1;
  return fd;
}

}  // namespace

struct PandocPool::Worker {
  std::optional<ChildProcess> child;
  unsigned documents = 0;
};

PandocPool::PandocPool(Program pandoc, unsigned workers, unsigned documents_each, std::uint64_t memory_mb)
    : x_pandoc(std::move(pandoc)), x_documents_each(std::max(documents_each, 1u)), x_memory_mb(memory_mb), x_script(script_file()) {
  for (unsigned i = 0; i < std::max(workers, 1u); ++i) x_idle.push_back(std::make_unique<Worker>());
}

PandocPool::~PandocPool() {
  if (x_script >= 0) ::close(x_script);
}

std::vector<pid_t> PandocPool::workers() const {
  const std::scoped_lock lock(x_guard);
  return x_pids;
}

std::unique_ptr<PandocPool::Worker> PandocPool::take() {
  std::unique_lock lock(x_guard);
  x_returned.wait(lock, [&] { return !x_idle.empty(); });
  std::unique_ptr<Worker> worker = std::move(x_idle.back());
  x_idle.pop_back();
  return worker;
}

void PandocPool::give_back(std::unique_ptr<Worker> worker) {
  {
    const std::scoped_lock lock(x_guard);
    x_idle.push_back(std::move(worker));
  }
  x_returned.notify_one();
}

void PandocPool::stop(Worker& worker) {
  if (!worker.child) return;
  {
    const std::scoped_lock lock(x_guard);
    std::erase(x_pids, worker.child->pid());
  }
  worker.child.reset();
}

bool PandocPool::start(Worker& worker) {
  stop(worker);
  worker.documents = 0;
  ProcessRequest request;
  request.argv = {x_pandoc.path, "--sandbox", "+RTS", heap_option(x_memory_mb), nursery, "-RTS", "--from", "markdown", "--to", "plain",
                  "--lua-filter", "/dev/fd/3", "/dev/null"};
  request.limits = converter_limits(std::chrono::minutes(30), x_memory_mb);
  request.inherited_file = x_script;
  int error = 0;
  worker.child = x_starter.start(request, error);
  const std::scoped_lock lock(x_guard);
  if (worker.child) x_pids.push_back(worker.child->pid());
  return worker.child.has_value();
}

Result<std::string> PandocPool::convert(const PandocJob& job) {
  std::unique_ptr<Worker> worker = take();
  if ((!worker->child || worker->documents >= x_documents_each) && !start(*worker)) {
    give_back(std::move(worker));
    return run_pandoc(x_pandoc, job);
  }
  ++worker->documents;
  const std::string head = fmt::format("{} {} {}\n", job.from, track_changes_name(job.changes), job.bytes.size());
  const auto deadline = ChildProcess::Clock::now() + job.deadline;
  const ProcessLimits limits = converter_limits(job.deadline, x_memory_mb);
  ChildProcess& child = *worker->child;
  const auto complete = [](std::string_view output) {
    const Reply reply = parse_reply(output);
    return reply.complete || reply.garbled;
  };
  // Small requests go in one piece: the head alone never fills the socket.
  const std::string request = head + std::string(job.bytes);
  const ChildProcess::Pumped pumped = child.pump(request, false, complete, deadline, limits.max_output);
  const Reply reply = parse_reply(child.output());
  if (pumped == ChildProcess::Pumped::complete && reply.complete) {
    std::string text = child.output().substr(reply.begin, reply.size);
    const bool ok = reply.ok;
    give_back(std::move(worker));
    if (ok) return text;
    return explain_end(x_pandoc, {ProcessEnd::exited, 1, {}, in_plain_words(std::move(text))}, limits, job.file);
  }
  stop(*worker);
  give_back(std::move(worker));
  if (pumped == ChildProcess::Pumped::timed_out) return explain_end(x_pandoc, {ProcessEnd::timed_out, 0, {}, {}}, limits, job.file);
  return run_pandoc(x_pandoc, job);
}

}  // namespace rapporteur
