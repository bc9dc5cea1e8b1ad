# What `cmake --install` puts in place: program, library, headers, grammars, schema, and the files by which other
# builds find the library (CMake package, pkg-config).
include(CMakePackageConfigHelpers)

set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/rapporteur)
set(data_dir ${CMAKE_INSTALL_DATADIR}/rapporteur)

install(TARGETS rapporteur EXPORT rapporteurTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT rapporteurTargets NAMESPACE rapporteur:: DESTINATION ${config_dir})
configure_package_config_file(cmake/rapporteurConfig.cmake.in ${CMAKE_BINARY_DIR}/rapporteurConfig.cmake
                              INSTALL_DESTINATION ${config_dir})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/rapporteurConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/rapporteurConfig.cmake ${CMAKE_BINARY_DIR}/rapporteurConfigVersion.cmake
        DESTINATION ${config_dir})

set(PKG_REQUIRES "libpcre2-8 libxml-2.0 libutf8proc uchardet simdjson libcrypto sqlite3")
foreach(module IN LISTS RAPPORTEUR_PKG_MODULES)
  string(APPEND PKG_REQUIRES " ${module}")
endforeach()
configure_file(cmake/rapporteur.pc.in ${CMAKE_BINARY_DIR}/rapporteur.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/rapporteur.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(DIRECTORY parser/include/rapporteur DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
foreach(folder grammars schema)
  if(IS_DIRECTORY ${CMAKE_SOURCE_DIR}/${folder})
    install(DIRECTORY ${folder} DESTINATION ${data_dir})
  endif()
endforeach()
