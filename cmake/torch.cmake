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

# LibTorch's headers dominate a clean build: each unit that reads the precompiled ones still spends
# some 9 s of processor time on the templates that they leave to be instantiated. These are the
# headers that many files use; torch/torch.h brings data sets, JIT and optimizers besides.
set(BENCH_TORCH_HEADERS
  <torch/autograd.h> <torch/nn/modules/activation.h> <torch/nn/modules/batchnorm.h>
  <torch/nn/modules/container/sequential.h> <torch/nn/modules/conv.h> <torch/types.h>
  <torch/utils.h>)
