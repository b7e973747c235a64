#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace bench::weights {

/// The files of a zip archive whose entries are all stored without compression, by name, as views
/// into `archive`. Directories count and sizes are checked against the bytes that are there; every
/// entry's CRC-32 is verified.
/// \param where  named in errors
/// \throws WeightsError for anything that is not such an archive: no directory, compressed or
///         encrypted entries, several disks, offsets outside, a name given twice, a wrong CRC.
std::map<std::string, std::span<const std::byte>> stored_zip_entries(
    const std::string& where, std::span<const std::byte> bytes);

}  // namespace bench::weights
