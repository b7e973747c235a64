# Script of bench_embed: FILES -> HEADER, SOURCE.
set(declarations "")
set(definitions "")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  string(MAKE_C_IDENTIFIER "k_${name}" symbol)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  # CMake allows ten groups in a regular expression, so: one, of sixteen bytes.
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")
  string(APPEND declarations "extern const std::string_view ${symbol};\n")
  string(APPEND definitions
    "constexpr unsigned char ${symbol}_bytes[] = {\n${bytes}0x00};\n"
    "const std::string_view ${symbol}(reinterpret_cast<const char*>(${symbol}_bytes), sizeof(${symbol}_bytes) - 1);\n")
endforeach()
file(WRITE ${HEADER} "#pragma once\n#include <string_view>\nnamespace ${NAMESPACE} {\n${declarations}}\n")
get_filename_component(header_name ${HEADER} NAME)
file(WRITE ${SOURCE} "#include \"embedded/${header_name}\"\nnamespace ${NAMESPACE} {\n${definitions}}\n")
