#include "datasets/import.h"

#include <gtest/gtest.h>

#include "datasets/catalogue.h"
#include "datasets/dead_leaves.h"
#include "datasets/examples.h"
#include "datasets/image_file.h"
#include "tests/message_of.h"
#include "tests/temporary_folder.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;

void write_scene(const fs::path& file, std::uint64_t index, int channels, int width = 12) {
  fs::create_directories(file.parent_path());
  write_png(file, embedded_scene(3, index, 12, width, channels));
}

TEST(ImportFolder, MakesADataSetOfSingleImages) {
  const tests::TemporaryFolder folder;
  write_scene(folder.path() / "own/a.png", 1, 1);
  write_scene(folder.path() / "own/b.png", 2, 1);
  const ImportedDataSet imported = import_folder("my-own", folder.path() / "own");
  EXPECT_EQ(imported.data_set.kind, DataSetKind::kClean);
  EXPECT_EQ(imported.data_set.channels, 1);
  EXPECT_EQ(imported.manifest.size(), 2U);
  const auto examples = load_examples(imported.data_set, {}, "all");
  ASSERT_EQ(examples.size(), 2U);
  EXPECT_EQ(examples[1].target, embedded_scene(3, 2, 12, 12, 1));
}

TEST(ImportFolder, SeesPairs) {
  const tests::TemporaryFolder folder;
  write_scene(folder.path() / "rain/1.png", 1, 3);
  write_scene(folder.path() / "norain/1.png", 2, 3);
  const ImportedDataSet imported = import_folder("my-rain", folder.path());
  EXPECT_EQ(imported.data_set.kind, DataSetKind::kPairs);
  EXPECT_TRUE(load_examples(imported.data_set, {}, "all").front().degraded.has_value());
}

TEST(ImportFolder, SeesPairsUnderTheNamesOfTheField) {
  const std::vector<std::pair<std::string, std::string>> names = {
      {"input", "target"}, {"input", "gt"},  {"lq", "gt"},       {"LQ", "GT"},
      {"noisy", "clean"},  {"noisy", "gt"},  {"rainy", "clean"}, {"degraded", "target"},
      {"blur", "sharp"},   {"hazy", "clear"}};
  for (const auto& [degraded, target] : names) {
    const tests::TemporaryFolder folder;
    write_scene(folder.path() / degraded / "1.png", 1, 3);
    write_scene(folder.path() / target / "1.png", 2, 3);
    const ImportedDataSet imported =
        parse_imported(to_text(import_folder("my-pairs", folder.path())), "my-pairs.tsv");
    const auto example = load_examples(imported.data_set, {}, "all").at(0);
    EXPECT_EQ(example.degraded, embedded_scene(3, 1, 12, 12, 3)) << degraded;
    EXPECT_EQ(example.target, embedded_scene(3, 2, 12, 12, 3)) << target;
  }
}

TEST(ImportFolder, NotesTheImagesAlone) {
  const tests::TemporaryFolder folder;
  write_scene(folder.path() / "a.png", 1, 3);
  write_scene(folder.path() / "more/b.png", 2, 3);
  folder.write("notes.txt", "mine");
  for (const auto& given : {folder.path(), folder.path() / ""}) {
    const ImportedDataSet imported = import_folder("my-own", given);
    ASSERT_EQ(imported.manifest.size(), 2U);
    EXPECT_EQ(imported.manifest[0].path, "a.png");
    EXPECT_EQ(imported.manifest[1].path, "more/b.png");
    EXPECT_EQ(imported.data_set.folder, folder.path());
  }
}

TEST(VerifyImported, NamesWhatHasChangedSince) {
  const tests::TemporaryFolder folder;
  for (const char* name : {"a.png", "b.png", "c.png"}) write_scene(folder.path() / name, 1, 3);
  const ImportedDataSet imported = import_folder("my-own", folder.path());
  folder.write("notes.txt", "mine");
  EXPECT_TRUE(verify_imported(imported).empty());
  write_scene(folder.path() / "a.png", 2, 3);
  fs::remove(folder.path() / "b.png");
  write_scene(folder.path() / "d.png", 2, 3);
  std::vector<std::string> found;
  for (const auto& problem : verify_imported(imported)) {
    const bool differs = problem.kind == ProblemKind::kSize || problem.kind == ProblemKind::kHash;
    found.push_back(problem.path +
                    (differs ? " differs" : " " + std::string(to_string(problem.kind))));
  }
  EXPECT_EQ(found,
            (std::vector<std::string>{"a.png differs", "b.png missing", "d.png unexpected"}));
}

TEST(VerifyImported, SaysThatTheFolderIsGone) {
  ImportedDataSet imported;
  {
    const tests::TemporaryFolder folder;
    write_scene(folder.path() / "a.png", 1, 3);
    imported = import_folder("my-own", folder.path());
  }
  const std::string message = tests::message_of<DataSetError>([&] { verify_imported(imported); });
  EXPECT_NE(message.find(imported.data_set.folder), std::string::npos) << message;
  EXPECT_NE(message.find("bench data import my-own"), std::string::npos) << message;
}

TEST(ParseImported, ReadsPairsOfBeforeTheirFoldersWereNamed) {
  const ImportedDataSet imported = parse_imported(
      "# bench data set, format 1\n# name\tx\n# folder\t/x\n# kind\tpairs\n# channels\t3\n",
      "x.tsv");
  EXPECT_EQ(imported.data_set.degraded_folder, "rain");
  EXPECT_EQ(imported.data_set.target_folder, "norain");
}

TEST(ImportFolder, IsFoundAgainAfterItWasSaved) {
  const tests::TemporaryFolder folder;
  write_scene(folder.path() / "own/a.png", 1, 3);
  const ImportedDataSet imported = import_folder("my-own", folder.path() / "own");
  EXPECT_TRUE(load_imported(folder.path() / "registry").empty());
  save_imported(folder.path() / "registry", imported);

  const auto all = load_imported(folder.path() / "registry");

  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].manifest, imported.manifest);
  EXPECT_EQ(all[0].data_set.splits, imported.data_set.splits);
  const DataSet sets[] = {all[0].data_set};
  EXPECT_EQ(load_examples(find("my-own", sets), {}, "all").size(), 1U);
  EXPECT_TRUE(verify_folder(all[0].manifest, locate(all[0].data_set, {})).empty());
}

TEST(ImportFolder, RefusesWhatIsNoDataSet) {
  const tests::TemporaryFolder folder;
  write_scene(folder.path() / "mixed/a.png", 1, 3);
  write_scene(folder.path() / "mixed/b.png", 1, 1);
  write_scene(folder.path() / "unlike/rain/a.png", 1, 3);
  write_scene(folder.path() / "unlike/norain/a.png", 1, 3, 13);
  folder.write("broken/a.png", "no image");
  folder.write("none/a.txt", "");
  EXPECT_THROW(import_folder("x", folder.path() / "mixed"), DataSetError);
  EXPECT_THROW(import_folder("x", folder.path() / "unlike"), DataSetError);
  EXPECT_THROW(import_folder("x", folder.path() / "none"), DataSetError);
  EXPECT_THROW(import_folder("x", folder.path() / "broken"), ImageError);
  for (const char* name : {"", "Big", "a b", "-a", "../a", "set12"}) {
    EXPECT_THROW(import_folder(name, folder.path() / "mixed"), DataSetError) << name;
  }
}

TEST(ParseImported, NamesAFileThatIsNone) {
  for (const char* text : {"", "# bench data set, format 2\n", "# bench data set, format 1\n",
                           "# bench data set, format 1\n# name\tx\n# folder\t/x\n# kind\tpairs\n"
                           "# channels\t2\n"}) {
    const std::string message =
        tests::message_of<ManifestError>([&] { parse_imported(text, "own.tsv"); });
    EXPECT_NE(message.find("own.tsv"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace bench::datasets
