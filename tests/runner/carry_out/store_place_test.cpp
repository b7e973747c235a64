#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>

#include "tests/runner/faked_program.h"

/// Stores in places that are full, cannot be written, or have unusual names.
namespace bench::runner {
namespace {

namespace fs = std::filesystem;

class StorePlace : public FakedProgram {
 protected:
  ~StorePlace() override {
    if (mounted_) ::umount2(small().c_str(), MNT_DETACH);
  }

  /// A disk of this size at small(), in a name space of this process alone. \returns why not
  std::string mount_small(const std::string& size) {
    fs::create_directories(small());
    if (::unshare(CLONE_NEWNS) != 0) return std::strerror(errno);
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return "not private";
    if (::mount("tmpfs", small().c_str(), "tmpfs", 0, ("size=" + size).c_str()) != 0) {
      return std::strerror(errno);
    }
    mounted_ = true;
    return "";
  }
  void remount(unsigned long flags, const std::string& size) const {
    ASSERT_EQ(
        ::mount("tmpfs", small().c_str(), "tmpfs", MS_REMOUNT | flags, ("size=" + size).c_str()), 0)
        << std::strerror(errno);
  }
  fs::path small() const { return at("small"); }

  /// `bench run` on a store in the small place, with its report elsewhere.
  Ended run_there() const {
    return Program({"run", at("faked.json").string(), "--store", (small() / "store").string(),
                    "--report", at("small-report").string()},
                   at("small.log"))
        .wait();
  }

 private:
  bool mounted_ = false;
};

TEST_F(StorePlace, ThatIsFullIsSaidAndLosesNothing) {
  if (const auto why_not = mount_small("200k"); !why_not.empty()) {
    GTEST_SKIP() << "no small disk can be mounted here: " << why_not;
  }
  // The database alone is larger: at each size the run gets a little further.
  for (const char* size : {"200k", "320k", "400k"}) {
    remount(0, size);
    const auto ended = run_there();
    EXPECT_NE(ended.exit_code, 0) << size << ended.output;
    EXPECT_LT(ended.exit_code, 128) << "ended by a signal: " << ended.output;
    const bool says_so = ended.output.find("full") != std::string::npos ||
                         ended.output.find("No space left") != std::string::npos;
    EXPECT_TRUE(says_so) << size << ended.output;
  }
  remount(0, "64m");
  const auto ended = run_there();
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  ASSERT_EQ(run().exit_code, 0);
  EXPECT_EQ(scores("small"), scores());
  EXPECT_EQ(bench({"db", "check"}, "small/store").exit_code, 0);
}

TEST_F(StorePlace, ThatCannotBeWrittenStillGivesItsReport) {
  if (const auto why_not = mount_small("64m"); !why_not.empty()) {
    GTEST_SKIP() << "no small disk can be mounted here: " << why_not;
  }
  ASSERT_EQ(run_there().exit_code, 0);
  remount(MS_RDONLY, "64m");
  fs::remove_all(at("small-report"));
  const auto again = run_there();
  EXPECT_EQ(again.exit_code, 0) << again.output;
  EXPECT_FALSE(scores("small").empty());
  EXPECT_EQ(bench({"ls"}, "small/store").exit_code, 0);
  for (const auto& command : {std::vector<std::string>{"gc"}, {"rm", "latest"}}) {
    const auto refused = bench(command, "small/store");
    EXPECT_EQ(refused.exit_code, 2) << command[0];
    EXPECT_NE(refused.output.find("Read-only"), std::string::npos) << refused.output;
  }
}

TEST_F(StorePlace, MayHaveBlanksAndLettersOfAnyLanguage) {
  const std::string store = "a store, großer \xe6\x97\xa5\xe6\x9c\xac 'x' $(id)";
  const auto ended = run(store);
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_FALSE(scores(store).empty());
  EXPECT_EQ(bench({"status"}, store).exit_code, 0);
  EXPECT_EQ(bench({"db", "rebuild"}, store).exit_code, 0);
  EXPECT_NE(run(store).output.find("stages cached"), std::string::npos);
}

}  // namespace
}  // namespace bench::runner
