// Command line: pandoc-setup, which puts the filter and the writer where pandoc finds them, and takes them away again.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "command.h"
#include "output.h"
#include "pandoc_writer.h"

namespace tool {

namespace {

namespace fs = std::filesystem;

constexpr const char* filter_name = "pandoc-rapporteur";
constexpr const char* writer_mark = "-- rapporteur: a writer for pandoc.";

class PandocSetup : public Command {
 public:
  void declare(Options& options) override {
    options.text("--data-dir", x_folder, "DIR", "pandoc's user data directory (default: ~/.local/share/pandoc)");
    options.flag("--undo", x_undo, "take away what an earlier run put there");
  }

  int run() override {
    const fs::path folder = x_folder.empty() ? default_folder() : fs::path(x_folder);
    const fs::path filter = folder / "filters" / filter_name, writer = folder / "custom" / "rapporteur.lua";
    if (x_undo) return remove(filter, is_our_filter(filter)), remove(writer, is_our_writer(writer)), exit_ok;
    make_room(filter, is_our_filter(filter));  // both, before either is put there: all or nothing
    make_room(writer, is_our_writer(writer));
    put_filter(filter);
    put_writer(writer);
    write_out("pandoc FILE --filter " + std::string(filter_name) + " -o OUT.html\npandoc FILE -t " + writer.string() + " -o OUT.xml\n");
    return exit_ok;
  }

 private:
  static fs::path default_folder() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0') return fs::path(data) / "pandoc";
    const char* home = std::getenv("HOME");
    if (home == nullptr) throw Stop{exit_usage, "U107", "HOME is not set", "name pandoc's data directory with --data-dir", ""};
    return fs::path(home) / ".local/share/pandoc";
  }

  /// The folder that this program stands in.
  static fs::path program_folder() {
    std::error_code none;
    return fs::read_symlink("/proc/self/exe", none).parent_path();
  }

  static bool is_our_filter(const fs::path& path) {
    std::error_code none;
    return fs::is_symlink(path, none) && fs::read_symlink(path, none).filename() == filter_name;
  }
  static bool is_our_writer(const fs::path& path) {
    std::ifstream file(path);
    std::string line;
    return std::getline(file, line) && line.rfind(writer_mark, 0) == 0;
  }

  static void remove(const fs::path& path, bool ours) {
    std::error_code failed;
    if (!ours) return write_out("not there: " + path.string() + "\n");
    if (!fs::remove(path, failed)) throw Stop{exit_write, "U601", "cannot remove: " + failed.message(), "", path.string()};
    write_out("removed " + path.string() + "\n");
  }

  static void make_room(const fs::path& path, bool ours) {
    std::error_code failed;
    fs::create_directories(path.parent_path(), failed);
    if (failed) throw Stop{exit_write, "U601", "cannot make the folder: " + failed.message(), "", path.parent_path().string()};
    if (fs::exists(fs::symlink_status(path, failed)) && !ours)
      throw Stop{exit_write, "U602", "something else has that name already", "move it away first", path.string()};
  }

  static void put_filter(const fs::path& path) {
    const fs::path program = program_folder() / filter_name;
    std::error_code failed;
    fs::remove(path, failed);
    fs::create_symlink(program, path, failed);
    if (failed) throw Stop{exit_write, "U601", "cannot make the link: " + failed.message(), "", path.string()};
    write_out("linked " + path.string() + " to " + program.string() + "\n");
  }

  static void put_writer(const fs::path& path) {
    std::string text(pandoc_writer);
    const std::string wanted = "or 'rapporteur'";
    const fs::path program = program_folder() / "rapporteur";
    // [==[ ]==] holds any path but one with that very bracket in it.
    text.replace(text.find(wanted), wanted.size(), "or [==[" + program.string() + "]==]");
    write_file(path.string(), text);
    write_out("wrote " + path.string() + "\n");
  }

  std::string x_folder;
  bool x_undo = false;
};

}  // namespace

std::unique_ptr<Command> make_pandoc_setup() { return std::make_unique<PandocSetup>(); }

}  // namespace tool
