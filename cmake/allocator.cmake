# The allocator that programs are linked with: jemalloc, where Debian's static one is there. The library leaves the choice
# to who uses it. Why: docs/decisions/libraries.md.
option(RAPPORTEUR_JEMALLOC "Link the programs with jemalloc" ON)

function(use_allocator target)
  if(NOT RAPPORTEUR_JEMALLOC OR RAPPORTEUR_SANITIZE)  # sanitizers bring an allocator of their own
    return()
  endif()
  find_library(RAPPORTEUR_ALLOCATOR libjemalloc_pic.a)
  mark_as_advanced(RAPPORTEUR_ALLOCATOR)
  if(NOT RAPPORTEUR_ALLOCATOR)
    message(STATUS "There is no static jemalloc: ${target} is linked with the allocator of the C library")
    return()
  endif()
  target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tools/static/allocator.c)
  target_link_libraries(${target} PRIVATE ${RAPPORTEUR_ALLOCATOR} m)
endfunction()
