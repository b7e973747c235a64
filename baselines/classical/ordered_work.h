#pragma once

#include <functional>

namespace bench::classical {

/// Does items 0 .. count-1 on `threads` threads: `compute(worker, item)` at the same time,
/// `commit(worker, item)` after it, one at a time and in the order of the items. Sums of floats
/// made in `commit` therefore do not depend on the number of threads.
///
/// \param compute, commit  worker is in [0, threads) and names the scratch memory to use.
/// \throws what the first failing item threw, after all threads have stopped.
void do_in_order(int count, int threads, const std::function<void(int, int)>& compute,
                 const std::function<void(int, int)>& commit);

}  // namespace bench::classical
