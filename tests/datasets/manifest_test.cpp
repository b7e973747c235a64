#include "datasets/manifest.h"

#include <gtest/gtest.h>

#include "tests/message_of.h"
#include "tests/temporary_folder.h"

namespace bench::datasets {
namespace {

// SHA-256 of "abc" and of nothing (FIPS 180-4).
constexpr const char* kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Manifest, OfAFolderListsEveryFileInOrder) {
  const tests::TemporaryFolder folder;
  folder.write("b.txt", "abc");
  folder.write("a/c.txt", "");
  folder.write(".hidden/d.txt", "x");
  folder.write(".e", "x");
  const Manifest expected = {{"a/c.txt", 0, kEmpty}, {"b.txt", 3, kAbc}};
  EXPECT_EQ(manifest_of_folder(folder.path()), expected);
}

TEST(Manifest, ReadsWhatItPrints) {
  const Manifest manifest = {{"a/c d.txt", 0, kEmpty}, {"b.txt", 3, kAbc}};
  EXPECT_EQ(parse_manifest("# a comment\n\n" + to_text(manifest), "test"), manifest);
}

TEST(Manifest, NamesTheLineThatIsWrong) {
  const std::string hash(kAbc);
  const std::string good = "a\t1\t" + hash + "\n";
  for (const std::string& bad : std::vector<std::string>{
           "b 1 " + hash, "b\t1", "b\tx\t" + hash, "b\t1\t" + hash.substr(1), "b\t-1\t" + hash,
           "../b\t1\t" + hash, "/b\t1\t" + hash, "a\t1\t" + hash, "\t1\t" + hash}) {
    const std::string message =
        tests::message_of<ManifestError>([&] { parse_manifest(good + bad, "some.tsv"); });
    EXPECT_NE(message.find("some.tsv:2:"), std::string::npos) << bad << "\n" << message;
  }
}

TEST(VerifyFolder, FindsNothingInTheFolderItself) {
  const tests::TemporaryFolder folder;
  folder.write("a", "abc");
  folder.write("b/c", "");
  EXPECT_TRUE(verify_folder(manifest_of_folder(folder.path()), folder.path()).empty());
}

TEST(VerifyFolder, TellsEveryKindOfDifference) {
  const tests::TemporaryFolder folder;
  for (const char* name : {"gone", "longer", "other", "same"}) folder.write(name, "abc");
  const Manifest manifest = manifest_of_folder(folder.path());
  std::filesystem::remove(folder.path() / "gone");
  folder.write("longer", "abcd");
  folder.write("other", "abd");
  folder.write("extra", "");

  std::vector<std::pair<ProblemKind, std::string>> found;
  for (const Problem& problem : verify_folder(manifest, folder.path())) {
    found.emplace_back(problem.kind, problem.path);
  }

  const std::vector<std::pair<ProblemKind, std::string>> expected = {
      {ProblemKind::kMissing, "gone"},
      {ProblemKind::kSize, "longer"},
      {ProblemKind::kHash, "other"},
      {ProblemKind::kUnexpected, "extra"}};
  EXPECT_EQ(found, expected);
}

TEST(Manifest, OfAFolderThatIsNotThereNamesIt) {
  const std::string message =
      tests::message_of<ManifestError>([] { manifest_of_folder("no/such/folder"); });
  EXPECT_NE(message.find("no/such/folder"), std::string::npos) << message;
}

}  // namespace
}  // namespace bench::datasets
