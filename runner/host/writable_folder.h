#pragma once

#include <filesystem>
#include <string>

namespace bench::runner {

/// Requires that files can be made in `folder`, itself to be made if need be. Makes nothing: asked
/// before hours of work whose results are to go there.
/// \param option  names the folder in the message, e.g. "--report"
/// \throws BadInput naming what stands in the way.
void require_writable_folder(const std::string& option, const std::filesystem::path& folder);

}  // namespace bench::runner
