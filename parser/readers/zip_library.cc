// Stage readers: loading libzip.

#include "readers/zip_library.h"

#include <dlfcn.h>

#include <type_traits>

namespace rapporteur {

const char* ZipLibrary::file_name() { return RAPPORTEUR_LIBZIP; }

const ZipLibrary* ZipLibrary::find() {
  static ZipLibrary library;
  static const bool loaded = library.load(file_name());
  return loaded ? &library : nullptr;
}

bool ZipLibrary::load(const char* file) {
  void* const handle = ::dlopen(file, RTLD_LAZY | RTLD_LOCAL);  // stays for as long as the program runs
  if (handle == nullptr) return false;
  bool all = true;
  const auto look_up = [&](auto& function, const char* name) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(handle, name));
    all = all && function != nullptr;
  };
#define X(name) look_up(name, #name);
  RAPPORTEUR_ZIP_FUNCTIONS(X)
#undef X
  return all;
}

}  // namespace rapporteur
