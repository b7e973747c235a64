#include "metrics/protocol.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <set>
#include <string>
#include <vector>

#include "metrics/protocol_names.h"

namespace bench::metrics {
namespace {

template <typename Function>
std::string message_of(Function function) {
  try {
    function();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "no exception";
}

void expect_in(const std::string& message, std::initializer_list<std::string> parts) {
  for (const auto& part : parts) {
    EXPECT_NE(message.find(part), std::string::npos) << "\"" << part << "\" in: " << message;
  }
}

TEST(ToString, IsTheCanonicalFormOfTheDocumentation) {
  EXPECT_EQ(to_string(Protocol{.space = ColorSpace::kLumaLimited, .rounding = Rounding::kRound}),
            "psnr(space=y-bt601-limited,round=u8,crop=0,agg=image-mean)");
  EXPECT_EQ(to_string(Protocol{.metric = Metric::kSsim, .padding = Padding::kZero}),
            "ssim(space=rgb,round=none,crop=0,window=gaussian11,pad=zero,agg=image-mean)");
}

TEST(ParseProtocol, TakesKeysInAnyOrderAndFillsInDefaults) {
  EXPECT_EQ(parse_protocol("psnr(crop=4,round=u8)"),
            (Protocol{.rounding = Rounding::kRound, .crop = 4}));
  EXPECT_EQ(parse_protocol("mae()"), Protocol{.metric = Metric::kMae});
}

/// One of the values that the member may have, the first being the default most of the time.
template <typename Value>
Value one_of(std::initializer_list<Value> values) {
  return *rc::gen::elementOf(std::vector<Value>(values));
}

void choose_ssim(Protocol& protocol) {
  protocol.window = one_of({Window::kGaussian11, Window::kUniform7, Window::kGaussian11Float32});
  protocol.padding = one_of({Padding::kValid, Padding::kZero, Padding::kReplicate});
  protocol.covariance = one_of({Covariance::kPopulation, Covariance::kSample});
  protocol.wang_downsample = one_of({false, true});
}

Protocol any_protocol() {
  Protocol protocol;
  protocol.metric = one_of({Metric::kPsnr, Metric::kSsim, Metric::kMsSsim, Metric::kMae});
  protocol.rounding = one_of({Rounding::kNone, Rounding::kRound, Rounding::kTruncate});
  protocol.space = protocol.rounding == Rounding::kNone
                       ? one_of({ColorSpace::kRgb, ColorSpace::kGreen, ColorSpace::kLumaLimited})
                       : one_of({ColorSpace::kRgb, ColorSpace::kChannelMean, ColorSpace::kPilL,
                                 ColorSpace::kLumaFull8Bit, ColorSpace::kLumaLimited8Bit});
  protocol.clip = protocol.rounding != Rounding::kNone || one_of({true, false});
  protocol.crop = *rc::gen::inRange(0, 40);
  protocol.multiple = one_of({1, 8, 64});
  if (protocol.metric == Metric::kPsnr) {
    protocol.peak = 0.001 + *rc::gen::inRange(1, 100000) / 7.0;
    protocol.mse_offset = one_of({0.0, 6.5025e-6, 1.0 / 3.0});
  }
  if (protocol.metric == Metric::kSsim) choose_ssim(protocol);
  if (one_of({false, true})) {
    protocol.aggregation = Aggregation::kPatchMean;
    protocol.patch = *rc::gen::inRange(1, 200);
    protocol.stride = *rc::gen::inRange(1, 200);
  }
  protocol.self_ensemble = one_of({SelfEnsemble::kNone, SelfEnsemble::kX8});
  protocol.noise = one_of({NoiseModel::kGiven, NoiseModel::kAwgnFloat,
                           NoiseModel::kAwgnClipTruncate, NoiseModel::kAwgnClipRound});
  return protocol;
}

RC_GTEST_PROP(Protocol, ComesBackFromItsText, ()) {
  const auto protocol = any_protocol();
  const auto text = to_string(protocol);
  RC_ASSERT(parse_protocol(text) == protocol);
  RC_ASSERT(to_string(parse_protocol(text)) == text);
}

RC_GTEST_PROP(Protocol, HasATextOfItsOwn, ()) {
  const auto a = any_protocol(), b = any_protocol();
  RC_ASSERT((a == b) == (to_string(a) == to_string(b)));
}

RC_GTEST_PROP(ParseProtocol, ThrowsNothingButInvalidProtocol, (const std::string& noise)) {
  auto text = to_string(any_protocol());
  text.insert(*rc::gen::inRange<std::size_t>(0, text.size() + 1), noise);
  try {
    parse_protocol(text);
  } catch (const InvalidProtocol&) {
  }
}

TEST(ParseProtocol, NamesTheWrongWordAndTheNearestRightOne) {
  expect_in(message_of([] { parse_protocol("pnsr(crop=0)"); }), {"\"pnsr\"", "\"psnr\""});
  expect_in(message_of([] { parse_protocol("psnr(corp=4)"); }), {"\"corp\"", "\"crop\""});
  expect_in(message_of([] { parse_protocol("psnr(space=y-bt601-limted)"); }),
            {"space", "\"y-bt601-limted\"", "\"y-bt601-limited\""});
  expect_in(message_of([] { parse_protocol("psnr(window=uniform7)"); }), {"\"window\"", "psnr"});
  expect_in(message_of([] { parse_protocol("psnr(crop=4x)"); }), {"crop", "\"4x\""});
  expect_in(message_of([] { parse_protocol("psnr(crop=4,crop=5)"); }), {"twice"});
  expect_in(message_of([] { parse_protocol("psnr"); }), {"expected a form like"});
  expect_in(message_of([] { parse_protocol(""); }), {"expected a form like"});
}

TEST(ParseProtocol, RefusesMembersThatContradictEachOther) {
  for (const auto* text :
       {"psnr(crop=-1)", "psnr(multiple=0)", "psnr(peak=0)", "psnr(peak=inf)", "psnr(peak=nan)",
        "psnr(mse-offset=-1)", "psnr(round=u8,clip=no)", "psnr(space=pil-l)", "ssim(agg=mse-mean)",
        "psnr(space=channel-mean,agg=mse-mean)", "psnr(agg=patch-mean)",
        "psnr(patch=64,stride=64)"}) {
    EXPECT_THROW(parse_protocol(text), InvalidProtocol) << text;
  }
  EXPECT_THROW(require_valid(Protocol{.padding = Padding::kZero}), InvalidProtocol);
}

TEST(RequireSameProtocol, AcceptsEqualOnes) {
  EXPECT_NO_THROW(require_same_protocol(parse_protocol("psnr(crop=4)"),
                                        parse_protocol("psnr(crop=4,round=none)")));
  EXPECT_NO_THROW(require_same_protocol(std::vector<Protocol>{}));
}

TEST(RequireSameProtocol, NamesBothWhatDiffersAndTheClosedForm) {
  const auto limited = parse_protocol("psnr(space=y-bt601-limited)");
  const auto full = parse_protocol("psnr(space=y-bt601-full)");
  expect_in(message_of([&] { require_same_protocol(limited, full); }),
            {to_string(limited), to_string(full), "space y-bt601-limited against y-bt601-full",
             "20 log10(255/219) = +1.322 dB"});
  expect_in(message_of([&] { require_same_protocol(full, limited); }), {"= -1.322 dB"});
  EXPECT_THROW(require_same_protocol(limited, full), ProtocolMismatch);
}

TEST(RequireSameProtocol, GivesNoClosedFormWhereThereIsNone) {
  const auto message = message_of([] {
    require_same_protocol(parse_protocol("psnr(noise=awgn-float)"),
                          parse_protocol("psnr(noise=awgn-clip-truncate,crop=4)"));
  });
  expect_in(message, {"crop 0 against 4; noise awgn-float against awgn-clip-truncate"});
  EXPECT_EQ(message.find("dB"), std::string::npos) << message;
}

TEST(RequireSameProtocol, NamesThePlaceInALongList) {
  const std::vector<Protocol> column{{}, {}, {.crop = 4}};
  expect_in(message_of([&] { require_same_protocol(column); }), {"number 3 of 3"});
}

TEST(Resolve, KnowsEveryNameAndItsTextsAreCanonical) {
  for (const auto& named : named_protocols()) {
    const auto protocols = resolve(named.name);
    ASSERT_EQ(protocols.size(), named.ssim.empty() ? 1U : 2U) << named.name;
    EXPECT_EQ(to_string(protocols[0]), named.psnr);
    EXPECT_EQ(protocols.size() == 2 ? to_string(protocols[1]) : "", named.ssim);
    EXPECT_EQ(resolve(std::string(named.name) + "@" + std::to_string(named.version)), protocols);
  }
  for (const auto* name : {"matlab-y", "clearer-2020", "awgn-float", "durn", "hinas", "kair",
                           "prenet", "skimage-default"}) {
    EXPECT_FALSE(resolve(name).empty()) << name;
  }
}

TEST(Resolve, NamesAreUnique) {
  std::set<std::string> seen;
  for (const auto& named : named_protocols()) {
    const auto key = std::string(named.name) + "@" + std::to_string(named.version);
    EXPECT_TRUE(seen.insert(key).second) << key;
  }
}

TEST(Resolve, TakesATextAndRefusesUnknownNamesAndVersions) {
  EXPECT_EQ(resolve("mae()"), std::vector<Protocol>{Protocol{.metric = Metric::kMae}});
  expect_in(message_of([] { resolve("matlaby"); }), {"\"matlaby\"", "\"matlab-y\""});
  expect_in(message_of([] { resolve("clearer-2021"); }), {"\"clearer-2020\""});
  expect_in(message_of([] { resolve("kair@7"); }), {"\"kair@7\"", "kair@1"});
}

}  // namespace
}  // namespace bench::metrics
