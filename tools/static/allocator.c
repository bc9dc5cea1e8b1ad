/* How the programs want their allocator (docs/decisions/libraries.md). */
#include <jemalloc/jemalloc.h>
#include <stddef.h>

/* What a document leaves free is given back to the system after a second, so that a long document is not followed by a large
   process. jemalloc reads this name. */
const char* malloc_conf = "dirty_decay_ms:1000,muzzy_decay_ms:0";

/* The library calls this before it writes a large document. The C library's own would look after a heap that nobody uses here. */
int malloc_trim(size_t pad);
int malloc_trim(size_t pad) {
  (void)pad;
  return mallctl("arena.4096.purge", NULL, NULL, NULL, 0) == 0; /* 4096: of all arenas (MALLCTL_ARENAS_ALL) */
}
