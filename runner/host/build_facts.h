#pragma once

namespace bench::runner {

// Fixed when the program was configured (runner/CMakeLists.txt).
extern const char* const kBenchVersion;
extern const char* const kCompiler;
extern const char* const kCompilerFlags;
extern const char* const kTorchVersion;
extern const char* const kSourceFolder;  ///< the checkout that it was built from

}  // namespace bench::runner
