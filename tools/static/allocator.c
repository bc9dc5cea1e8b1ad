/* How the programs want their allocator (docs/decisions/libraries.md): what a document leaves free is given back to the
   system after a second, so that a long document is not followed by a large process. jemalloc reads this name. */
const char* malloc_conf = "dirty_decay_ms:1000,muzzy_decay_ms:0";
