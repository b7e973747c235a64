#include "datasets/adopt.h"

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace bench::datasets {
namespace {

TEST(AdoptFiles, FindsFilesByContentUnderOtherNames) {
  const tests::TemporaryFolder folder;
  folder.write("wanted/rain/001.png", "one");
  folder.write("wanted/rain/002.png", "two");
  const Manifest manifest = manifest_of_folder(folder.path() / "wanted");
  folder.write("clone/deep/input/1.png", "one");
  folder.write("clone/2.png", "two");
  folder.write("clone/else.txt", "els");

  const Adoption first = adopt_files(manifest, folder.path() / "clone", folder.path() / "data");

  EXPECT_EQ(first.copied, 2);
  EXPECT_TRUE(first.missing.empty());
  EXPECT_TRUE(verify_folder(manifest, folder.path() / "data").empty());
  const Adoption again = adopt_files(manifest, folder.path() / "clone", folder.path() / "data");
  EXPECT_EQ(again.copied, 0);
  EXPECT_EQ(again.already_there, 2);
}

TEST(AdoptFiles, NamesWhatItDidNotFindAndReplacesWhatIsDamaged) {
  const tests::TemporaryFolder folder;
  folder.write("wanted/a", "one");
  folder.write("wanted/b", "two");
  const Manifest manifest = manifest_of_folder(folder.path() / "wanted");
  folder.write("clone/x", "one");
  folder.write("data/a", "0ne");
  const Adoption adoption = adopt_files(manifest, folder.path() / "clone", folder.path() / "data");
  EXPECT_EQ(adoption.copied, 1);
  EXPECT_EQ(adoption.missing, (std::vector<std::string>{"b"}));
  EXPECT_THROW(adopt_files(manifest, folder.path() / "none", folder.path() / "data"),
               ManifestError);
}

}  // namespace
}  // namespace bench::datasets
