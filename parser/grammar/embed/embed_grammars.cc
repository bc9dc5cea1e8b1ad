// Build step of stage grammar: compiles grammars/**/*.toml and writes them as C++, so that the program carries them
// and reads no TOML for them. Usage: embed_grammars ROOT OUT.cc (grammars are in ROOT/grammars).

#include <cstdio>
#include <fstream>

#include <fmt/format.h>

#include "grammar/loader.h"

namespace rapporteur {

std::span<const BuiltinFile> builtin_files() { return {}; }

namespace {

std::string as_array(const std::string& bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    out += fmt::format("{},{}", static_cast<unsigned>(static_cast<unsigned char>(bytes[i])), i % 32 == 31 ? "\n" : "");
  return out;
}

int embed(const std::string& root, const std::string& out) {
  Loader loader(GrammarPath{{root + "/grammars"}, false});
  loader.name_files_after(root);
  std::string arrays;
  std::string entries;
  int broken = 0;
  for (const auto& [id, file] : loader.offered()) {
    const Result<CompiledFilePtr> read = loader.by_id(id, "");
    for (const Diagnostic& d : read.said()) std::fputs(render_text(d).c_str(), stderr);
    if (!read && ++broken > 0) continue;
    const std::string bytes = write_compiled(**read);
    const std::string name = fmt::format("file_{}", std::count(entries.begin(), entries.end(), '\n'));
    arrays += fmt::format("alignas(Pattern::alignment) const unsigned char {}[] = {{\n{}}};\n", name, as_array(bytes));
    entries += fmt::format("    {{\"{}\", {{reinterpret_cast<const char*>({}), {}}}}},\n", id, name, bytes.size());
  }
  if (broken != 0) return 1;
  std::ofstream(out) << "// Written by embed_grammars out of grammars/.\n#include <array>\n#include \"grammar/compiled.h\"\n"
                     << "namespace rapporteur {\nnamespace {\n" << arrays << "}  // namespace\n"
                     << "std::span<const BuiltinFile> builtin_files() {\n  static const std::array<BuiltinFile, "
                     << std::count(entries.begin(), entries.end(), '\n') << "> files = {{\n" << entries
                     << "  }};\n  return files;\n}\n}  // namespace rapporteur\n";
  return 0;
}

}  // namespace
}  // namespace rapporteur

int main(int argc, char** argv) {
  if (argc == 3) return rapporteur::embed(argv[1], argv[2]);
  std::fputs("usage: embed_grammars ROOT OUT.cc\n", stderr);
  return 2;
}
