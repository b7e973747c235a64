#pragma once

#include <ATen/Parallel.h>

// Without OpenMP at::parallel_for compiles, and silently takes one thread.
#if !defined(INTRA_OP_PARALLEL)
#error "list this file among those with OpenMP in training/CMakeLists.txt"
#endif
