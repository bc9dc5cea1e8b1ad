// Stage pipeline: which build of the library this is.
//
// A version number stays the same while a program is worked on; what an unfinished version made must not pass for what
// the next one makes. The linker already puts a hash of the whole program (or shared library) into it, as a note.

#include "pipeline/build_id.h"

#include <cstdint>
#include <cstring>

#include <elf.h>
#include <link.h>

namespace rapporteur {

namespace {

bool holds(const dl_phdr_info& object, const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = object.dlpi_phdr[i];
    const std::uintptr_t begin = object.dlpi_addr + part.p_vaddr;
    if (part.p_type == PT_LOAD && wanted >= begin && wanted < begin + part.p_memsz) return true;
  }
  return false;
}

std::string hex(const unsigned char* bytes, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += "0123456789abcdef"[bytes[i] >> 4];
    text += "0123456789abcdef"[bytes[i] & 15];
  }
  return text;
}

std::string id_in_notes(const char* at, const char* end) {
  const auto padded = [](std::size_t size) { return (size + 3) / 4 * 4; };
  while (at + sizeof(ElfW(Nhdr)) <= end) {
    ElfW(Nhdr) note;
    std::memcpy(&note, at, sizeof note);
    const char* const name = at + sizeof note;
    const char* const content = name + padded(note.n_namesz);
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0)
      return hex(reinterpret_cast<const unsigned char*>(content), note.n_descsz);
    at = content + padded(note.n_descsz);
  }
  return {};
}

int look_at(dl_phdr_info* object, std::size_t, void* found) {
  if (!holds(*object, reinterpret_cast<const void*>(&build_id))) return 0;
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = object->dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    const char* const notes = reinterpret_cast<const char*>(object->dlpi_addr + part.p_vaddr);
    std::string& id = *static_cast<std::string*>(found);
    if (id.empty()) id = id_in_notes(notes, notes + part.p_memsz);
  }
  return 1;
}

}  // namespace

std::string build_id() {
  std::string id;
  ::dl_iterate_phdr(look_at, &id);
  return id.empty() ? "unknown" : id;
}

}  // namespace rapporteur
