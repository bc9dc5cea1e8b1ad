# The schema, built into the stage xml, and the version that the XML names.
set(schema_dir ${CMAKE_SOURCE_DIR}/schema)
file(READ ${schema_dir}/report.xsd RAPPORTEUR_XSD)
file(READ ${schema_dir}/report.rnc RAPPORTEUR_RNC)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schema_dir}/report.xsd ${schema_dir}/report.rnc)
configure_file(${CMAKE_CURRENT_SOURCE_DIR}/xml/schema_text.cc.in ${CMAKE_CURRENT_BINARY_DIR}/schema_text.cc @ONLY)
target_sources(stage_xml PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/schema_text.cc)
target_compile_definitions(stage_xml PRIVATE RAPPORTEUR_VERSION="${PROJECT_VERSION}")
