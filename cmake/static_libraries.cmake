# What the program is linked with: static libraries where Debian has them. Looking up names in shared ones took a call on
# one file longer than reading it (docs/decisions/a-call-on-one-file.md). Only the program is linked so: the library
# leaves the choice to who uses it, and tests and other programs of the tree gain nothing.
include(${CMAKE_SOURCE_DIR}/cmake/allocator.cmake)
option(RAPPORTEUR_STATIC "Link the program rapporteur with static libraries" ON)

# Sets `out` to the static libraries; to nothing where one is missing, where the compiler is another, or under sanitizers,
# which want to see into libraries.
function(static_libraries out)
  set(${out} "" PARENT_SCOPE)
  if(NOT RAPPORTEUR_STATIC OR RAPPORTEUR_SANITIZE OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
  set(found "")
  foreach(name pcre2-8 utf8proc uchardet xml2 lzma z sqlite3 crypto)
    find_library(RAPPORTEUR_STATIC_${name} lib${name}.a)
    mark_as_advanced(RAPPORTEUR_STATIC_${name})
    if(NOT RAPPORTEUR_STATIC_${name})
      message(STATUS "There is no static lib${name}: programs are linked with shared libraries")
      return()
    endif()
    list(APPEND found ${RAPPORTEUR_STATIC_${name}})
  endforeach()
  set(${out} ${found} simdjson::simdjson m PARENT_SCOPE)
endfunction()

# Links a program with the library of this tree, and both with static libraries where that can be.
function(link_program target)
  static_libraries(libraries)
  if(libraries)
    target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tools/static/no_icu.c)
    target_include_directories(${target} PRIVATE $<TARGET_PROPERTY:rapporteur,INTERFACE_INCLUDE_DIRECTORIES>)
    target_link_libraries(${target} PRIVATE $<TARGET_FILE:rapporteur> ${libraries})
    add_dependencies(${target} rapporteur)
  else()
    target_link_libraries(${target} PRIVATE rapporteur)
  endif()
  use_allocator(${target})
endfunction()
