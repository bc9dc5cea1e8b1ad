// Stage readers: libzip, loaded when the first container is opened.
//
// Most reports are text, and libzip brings libcrypto and the compressors with it: resolving their symbols cost a call on
// one file as much as reading it. So nothing is linked with libzip; its functions are looked up here, by name, once.
#pragma once

#include <zip.h>

namespace rapporteur {

/// The functions of libzip that are used here, each of the type that <zip.h> declares.
class ZipLibrary {
 public:
  /// The system's libzip, loaded once. Null where it is not installed.
  static const ZipLibrary* find();
  /// What `find` looks for, "libzip.so.4".
  static const char* file_name();
  /// Loads a library by its file name. False where there is none, or one that lacks a function.
  bool load(const char* file);

#define RAPPORTEUR_ZIP_FUNCTIONS(X)                                                                                 \
  X(zip_discard) X(zip_error_fini) X(zip_error_init) X(zip_fclose) X(zip_fopen_index) X(zip_fread) X(zip_get_name) \
  X(zip_get_num_entries) X(zip_open_from_source) X(zip_source_buffer_create) X(zip_source_free) X(zip_stat_index)
#define X(name) decltype(&::name) name = nullptr;
  RAPPORTEUR_ZIP_FUNCTIONS(X)
#undef X
};

}  // namespace rapporteur
