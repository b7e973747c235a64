#include "db/file_system.h"

#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace bench::db {
namespace {

// Magic numbers from statfs(2) and from the file systems' own headers.
constexpr std::array<std::uint32_t, 15> kNetworkTypes = {
    0x6969,      // NFS
    0x517B,      // SMB
    0xFE534D42,  // SMB2
    0xFF534D42,  // CIFS
    0x00C36400,  // Ceph
    0x0BD00BD0,  // Lustre
    0x47504653,  // GPFS
    0x19830326,  // BeeGFS
    0xAAD7AAEA,  // PanFS
    0x20030528,  // OrangeFS
    0x5346414F,  // AFS
    0x73757245,  // Coda
    0x7461636F,  // OCFS2
    0x01021997,  // 9p
    0x65735546,  // FUSE: sshfs and many more
};

}  // namespace

bool is_network_file_system(long statfs_type) {
  // The low 32 bits: the field is signed on some machines, and sign-extended for the large ones.
  const auto type = static_cast<std::uint32_t>(statfs_type);
  return std::find(kNetworkTypes.begin(), kNetworkTypes.end(), type) != kNetworkTypes.end();
}

bool is_on_network(const std::filesystem::path& folder) {
  struct statfs facts = {};
  if (statfs(folder.c_str(), &facts) != 0) return false;
  return is_network_file_system(facts.f_type);
}

}  // namespace bench::db
