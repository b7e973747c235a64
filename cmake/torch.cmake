# LibTorch from the Python wheel in .deps/torch (put there by ./bench), or the user's own through
# Torch_DIR or CMAKE_PREFIX_PATH.
list(APPEND CMAKE_PREFIX_PATH ${PROJECT_SOURCE_DIR}/.deps/torch/torch)
find_package(Torch 2.6 REQUIRED)

# Where the distribution's libtorch is installed too, the wheel's configuration silently picks the
# system's library with the wheel's headers.
get_filename_component(torch_prefix "${Torch_DIR}/../../.." REALPATH)
get_filename_component(torch_library_real "${TORCH_LIBRARY}" REALPATH)
string(FIND "${torch_library_real}" "${torch_prefix}/" torch_found_at)
if(NOT torch_found_at EQUAL 0)
  message(FATAL_ERROR "LibTorch: the configuration is in ${torch_prefix}, but the library found is "
    "${torch_library_real}. Remove the other LibTorch, or set TORCH_LIBRARY to the one beside the "
    "configuration.")
endif()

add_library(bench_torch INTERFACE)
target_link_libraries(bench_torch INTERFACE torch)

# The precompiled header is made once and shared: LibTorch's headers dominate a clean build.
file(WRITE ${PROJECT_BINARY_DIR}/torch_headers.cpp "// Carries the precompiled LibTorch header.\n")
add_library(bench_torch_headers OBJECT ${PROJECT_BINARY_DIR}/torch_headers.cpp)
target_link_libraries(bench_torch_headers PRIVATE bench_options bench_torch)
target_precompile_headers(bench_torch_headers PRIVATE <torch/torch.h>)
