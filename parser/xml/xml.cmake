# The schema, built into the stage xml, and the version that the XML names.
set(schema_dir ${CMAKE_SOURCE_DIR}/schema)
file(READ ${schema_dir}/report.xsd RAPPORTEUR_XSD)
file(READ ${schema_dir}/report.rnc RAPPORTEUR_RNC)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schema_dir}/report.xsd ${schema_dir}/report.rnc)
configure_file(${CMAKE_CURRENT_SOURCE_DIR}/xml/schema_text.cc.in ${CMAKE_CURRENT_BINARY_DIR}/schema_text.cc @ONLY)
target_sources(stage_xml PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/schema_text.cc)
target_compile_definitions(stage_xml PRIVATE RAPPORTEUR_VERSION="${PROJECT_VERSION}")

# What libxml2 says of the parts of documents by this schema: asked by a program of the build, compiled in.
set(verdicts ${CMAKE_BINARY_DIR}/generated/verdicts_of_report.cc)
add_executable(embed_verdicts xml/embed/embed_verdicts.cc xml/embed/ask_libxml.cc xml/schema.cc xml/parse.cc xml/forms.cc
  xml/escape.cc ${CMAKE_CURRENT_BINARY_DIR}/schema_text.cc $<TARGET_OBJECTS:stage_diagnostics> $<TARGET_OBJECTS:stage_text>)
target_include_directories(embed_verdicts PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/include)
target_link_libraries(embed_verdicts PRIVATE PkgConfig::LIBXML PkgConfig::UTF8PROC OpenSSL::Crypto simdjson::simdjson)
add_custom_command(OUTPUT ${verdicts}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/generated
  COMMAND embed_verdicts ${verdicts}
  DEPENDS embed_verdicts VERBATIM COMMENT "Asking libxml2 about the parts of documents")
target_sources(stage_xml PRIVATE ${verdicts})
