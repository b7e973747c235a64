#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/text/number.h"
#include "image_folders.h"
#include "metrics/scoring/protocol_list.h"
#include "metrics/scoring/render.h"

namespace bench::scoring {
namespace {

using nlohmann::json;

/// Two protocols, three pairs (one identical, one with a comma in its name), one bad file.
ScoreSheet sheet_of(const ImageFolders& folders) {
  folders.add_pair("a", 5);
  folders.add_pair("b, \"c\"", 9);
  folders.add_pair("same", 0);
  folders.add_pair("bad", 1);
  write_bytes(folders.restored() / "bad.png", "");
  return make_score_sheet({.reference = folders.reference(),
                           .restored = folders.restored(),
                           .protocols = {"kair", "psnr(space=rgb,crop=4)"},
                           .skip_bad = true});
}

double number_of(const json& value) {
  return value.is_string() ? std::stod(value.get<std::string>()) : value.get<double>();
}

TEST(Render, JsonReadsBackToTheLastBit) {
  const ImageFolders folders;
  const auto sheet = sheet_of(folders);
  const auto read = json::parse(json_text(sheet));
  EXPECT_EQ(read["format"], "bench-score");
  EXPECT_EQ(read["scored"], 3);
  ASSERT_EQ(read["images"].size(), sheet.pairs.size());
  for (std::size_t i = 0; i < sheet.pairs.size(); ++i) {
    EXPECT_EQ(read["images"][i]["name"], sheet.pairs[i].pair.name);
    for (std::size_t place = 0; place < sheet.columns.size(); ++place) {
      const auto key = to_string(sheet.columns[place].protocol);
      EXPECT_EQ(number_of(read["images"][i]["scores"][key]), sheet.pairs[i].scores[place]);
    }
  }
  EXPECT_EQ(read["images"][2]["scores"]["psnr(space=rgb,round=none,crop=4,agg=image-mean)"], "inf");
  const auto& psnr = read["protocols"][0];
  EXPECT_EQ(metrics::parse_protocol(psnr["protocol"].get<std::string>()),
            sheet.columns[0].protocol);
  EXPECT_EQ(psnr["names"], json({"kair@1"}));
  EXPECT_EQ(psnr["mean"], "inf");
  EXPECT_EQ(psnr["identical_images"], 1);
  EXPECT_TRUE(psnr["interval"].is_null());
  const auto& ssim = read["protocols"][1];
  EXPECT_EQ(ssim["n"], 3);
  EXPECT_EQ(ssim["mean"].get<double>(), sheet.summaries[1].value);
  EXPECT_EQ(ssim["interval"]["low"].get<double>(), sheet.summaries[1].interval->low);
  EXPECT_EQ(read["skipped"][0]["kind"], "unreadable");
}

TEST(Render, JsonHoldsNamesThatAreNotUtf8) {
  const ImageFolders folders;
  folders.add_pair("caf\xe9", 5);
  const auto sheet =
      make_score_sheet({.reference = folders.reference(), .restored = folders.restored()});
  EXPECT_EQ(json::parse(json_text(sheet))["images"][0]["name"], "caf\xef\xbf\xbd");
}

/// RFC 4180 read by hand.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' && is_quoted && i + 1 < text.size() && text[i + 1] == '"') {
      rows.back().back() += text[i++];
    } else if (text[i] == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && text[i] == ',') {
      rows.back().emplace_back();
    } else if (!is_quoted && text[i] == '\r') {
      ++i;
      rows.push_back({""});
    } else {
      rows.back().back() += text[i];
    }
  }
  rows.pop_back();
  return rows;
}

TEST(Render, CsvReadsBackToTheLastBit) {
  const ImageFolders folders;
  const auto sheet = sheet_of(folders);
  const auto rows = read_csv(csv_text(sheet));
  ASSERT_EQ(rows.size(), 5U);
  for (const auto& row : rows) EXPECT_EQ(row.size(), 7 + sheet.columns.size());
  EXPECT_EQ(metrics::parse_protocol(rows[0][6]), sheet.columns[0].protocol);
  EXPECT_EQ(rows[2][0], "b, \"c\"");
  for (std::size_t i = 0; i < sheet.pairs.size(); ++i) {
    for (std::size_t place = 0; place < sheet.columns.size(); ++place) {
      EXPECT_EQ(std::stod(rows[i + 1][6 + place]), sheet.pairs[i].scores[place]);
    }
  }
  EXPECT_EQ(rows[3][6], "inf");
  EXPECT_EQ(rows[4][0], "bad");
  EXPECT_EQ(rows[4][6], "");
  EXPECT_EQ(rows[4].back().substr(0, 12), "unreadable: ");
}

TEST(Render, TableShowsImagesMeanIntervalAndDefinitions) {
  const ImageFolders folders;
  folders.add_pair("first", 5);
  folders.add_pair("second", 9);
  const auto sheet = make_score_sheet({.reference = folders.reference(),
                                       .restored = folders.restored(),
                                       .protocols = {"derain-toolbox"}});
  const auto& psnr = sheet.summaries[0];
  const auto text = table_text(sheet);
  EXPECT_EQ(text.substr(0, text.find('\n')), "image             PSNR (dB)              SSIM");
  for (const char* part : {"\nfirst ", "\nmean  ", "\n95 % from", "\n95 % to  "}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << text;
  }
  for (const double value : {sheet.pairs[0].scores[0], psnr.value, psnr.interval->low}) {
    EXPECT_NE(text.find(text::fixed(value, 4)), std::string::npos) << text;
  }
  EXPECT_NE(text.find("derain-toolbox@1  psnr(space=rgb,round=u8,crop=0,agg=image-mean)\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(table_text(sheet, {.with_images = false}).find("first"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Render, TableOfManyProtocolsFitsTheTerminal) {
  const ImageFolders folders;
  folders.add_pair("first", 5);
  const auto sheet =
      make_score_sheet({.reference = folders.reference(),
                        .restored = folders.restored(),
                        .protocols = {"kair", "prenet", "matlab-y", "skimage-default"}});
  const auto text = table_text(sheet, {.width = 60});
  const auto table = text.substr(0, text.find("\nkair@1 "));
  std::size_t blocks = 0;
  for (std::size_t begin = 0; begin < table.size();) {
    const auto end = std::min(table.find('\n', begin), table.size());
    EXPECT_LE(end - begin, 60U);
    blocks += table.compare(begin, 5, "image") == 0 ? 1U : 0U;
    begin = end + 1;
  }
  EXPECT_GT(blocks, 1U) << text;
}

TEST(Render, IdenticalImagesAreShownAsInfinite) {
  const ImageFolders folders;
  const auto text = table_text(sheet_of(folders));
  EXPECT_NE(text.find(" inf"), std::string::npos);
  EXPECT_NE(text.find("1 image is identical to its reference (PSNR inf): same"), std::string::npos)
      << text;
}

TEST(Render, ProtocolListNamesThemAll) {
  const auto list = json::parse(protocol_list_json());
  EXPECT_GE(list.size(), 8U);
  for (const auto& named : list) {
    EXPECT_NE(protocol_list_text().find("\n  " + named["protocols"][0].get<std::string>()),
              std::string::npos);
  }
}

}  // namespace
}  // namespace bench::scoring
