#include <gtest/gtest.h>

#include "reports/chart_library.h"
#include "reports/write_report.h"
#include "tests/reports/browser.h"
#include "tests/reports/study_fixture.h"

/// The page used as a reader uses it: by mouse and by keyboard, in a real browser. Left out, with
/// its name, where there is none.
namespace bench::reports {
namespace {

using nlohmann::json;

class PageUse : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_program("chromium")) GTEST_SKIP() << "chromium is not installed: page not used";
  }

  /// No message, no exception, no refusal by the policy, and nothing asked from elsewhere.
  void TearDown() override {
    if (!browser_) return;
    EXPECT_EQ(browser_->complaints(), std::vector<std::string>{});
    EXPECT_EQ(browser_->requests(), std::vector<std::string>{});
  }

  Browser& opened(Study study, const Screen& screen = {}) {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const auto folder = empty_folder(std::string("use_") + test->name());
    add_images(study, folder);
    write_report(study, folder / "report");
    browser_ = std::make_unique<Browser>(folder / "profile", screen);
    browser_->open(folder / "report" / "index.html");
    return *browser_;
  }

  /// The texts of a column, top to bottom, of the rows that are seen.
  json column(int index, const std::string& table = "#table-scores-1") {
    return browser_->value_of("[...document.querySelectorAll('" + table +
                              " tbody tr')].filter((row) => !row.hidden).map((row) => row.cells[" +
                              std::to_string(index) + "].textContent.trim())");
  }

  /// The numbers behind a column; null where a cell has none.
  json values(int index) {
    return browser_->value_of(
        "[...document.querySelectorAll('#table-scores-1 tbody tr')].map((row) => row.cells[" +
        std::to_string(index) + "].dataset.value ?? null).map((v) => v === null ? null : +v)");
  }

  std::unique_ptr<Browser> browser_;
};

/// Whether numbers come in this order, with all that is no number behind them.
bool is_sorted_with_gaps_last(const json& values, bool descending) {
  bool gap = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].is_null()) {
      gap = true;
      continue;
    }
    if (gap) return false;
    if (i == 0) continue;
    const double before = values[i - 1], here = values[i];
    if (descending ? before < here : before > here) return false;
  }
  return true;
}

TEST_F(PageUse, AHeaderSortsItsTableAndSaysSo) {
  auto& page = opened(made_up_study());
  const auto before = values(3);
  ASSERT_FALSE(is_sorted_with_gaps_last(before, false));
  const std::string header = "#table-scores-1 thead th:nth-child(4)";

  page.click(header + " button");
  EXPECT_TRUE(is_sorted_with_gaps_last(values(3), true)) << values(3);
  EXPECT_EQ(page.value_of("document.querySelector('" + header + "').ariaSort"), "descending");

  page.click(header + " button");
  EXPECT_TRUE(is_sorted_with_gaps_last(values(3), false)) << values(3);
  // "random" has no number on deraining: last in both directions.
  EXPECT_EQ(column(0).back(), "random");

  page.click("#table-scores-1 thead th:nth-child(1) button");
  const auto names = column(0);
  EXPECT_EQ(names.front(), "all parallel");
  EXPECT_EQ(page.value_of("document.querySelectorAll('#table-scores-1 [aria-sort]').length"), 1);
}

// Most contestants have no published number: theirs are gaps, whatever word stands in them.
TEST_F(PageUse, PublishedNumbersSortAsNumbersWithGapsLast) {
  auto study = made_up_study();
  const auto placed = std::find_if(study.claims.begin(), study.claims.end(),
                                   [](const auto& claim) { return claim.value.has_value(); });
  ASSERT_NE(placed, study.claims.end());
  auto second = *placed;
  const auto other =
      std::find_if(study.contestants.begin(), study.contestants.end(),
                   [&](const auto& contestant) { return contestant.id != placed->contestant; });
  ASSERT_NE(other, study.contestants.end());
  second.contestant = other->id;
  second.value = 100.5;  // before 28 as a text, after it as a number
  second.published = "100.5";
  study.claims.push_back(second);
  auto& page = opened(study);
  const int index = page.value_of(
      "[...document.querySelectorAll('#table-scores-1 thead th')].findIndex((header) => "
      "header.classList.contains('published'))");
  ASSERT_GT(index, 0);
  const std::string button =
      "#table-scores-1 thead th:nth-child(" + std::to_string(index + 1) + ") button";
  page.click(button);
  EXPECT_TRUE(is_sorted_with_gaps_last(values(index), true)) << values(index);
  EXPECT_EQ(values(index)[0], 100.5);
  page.click(button);
  EXPECT_TRUE(is_sorted_with_gaps_last(values(index), false)) << values(index);
  EXPECT_EQ(values(index)[1], 100.5);
}

TEST_F(PageUse, EveryToolOfATableIsReachedAndUsedByKeys) {
  auto& page = opened(made_up_study());
  page.press("Tab");
  EXPECT_EQ(page.value_of("document.activeElement.className"), "skip");
  page.value_of("document.querySelector('#table-scores-1 input[type=search]').focus()");
  std::vector<std::string> reached;
  for (int i = 0; i < 7; ++i) {
    page.press("Tab");
    reached.push_back(
        page.value_of("document.activeElement.tagName + ' ' + "
                      "(document.activeElement.textContent || '').trim()"));
  }
  const std::vector<std::string> expected = {
      "SUMMARY Columns",   "BUTTON Copy as LaTeX",    "DIV ",
      "BUTTON Contestant", "BUTTON Denoising σ = 50", "BUTTON Denoising σ = 50, published"};
  reached.resize(expected.size());
  reached[2] = reached[2].substr(0, 4);  // the part that scrolls, with the whole table's text
  EXPECT_EQ(reached, expected);

  page.value_of("document.querySelectorAll('#table-scores-1 thead button')[1].focus()");
  page.press("Enter");
  EXPECT_TRUE(is_sorted_with_gaps_last(values(1), true));
  page.press("Space");
  EXPECT_TRUE(is_sorted_with_gaps_last(values(1), false));
}

TEST_F(PageUse, AFilterKeepsTheRowsThatHoldTheWords) {
  auto& page = opened(made_up_study());
  page.click("#table-scores-1 input[type=search]");
  page.type("clearer");
  EXPECT_EQ(column(0), (json{"CLEARER (denoising)", "CLEARER (deraining)"}));
  page.value_of("document.querySelector('#table-scores-1 input[type=search]').select()");
  page.type("no such row");
  EXPECT_EQ(column(0), json::array());
}

TEST_F(PageUse, AColumnIsTakenOutAndPutBack) {
  auto& page = opened(made_up_study());
  const std::string shown =
      "[...document.querySelectorAll('#table-scores-1 tr')].map((row) => row.cells[1].hidden)";
  page.click("#table-scores-1 summary");
  page.click("#table-scores-1 .menu label:nth-child(1) input");
  const auto hidden = page.value_of(shown);
  for (const auto& cell : hidden) EXPECT_EQ(cell, true);
  page.press("Space");  // the box still has the focus
  for (const auto& cell : page.value_of(shown)) EXPECT_EQ(cell, false);
}

TEST_F(PageUse, CopyAsLatexPutsTheTableOnTheClipboard) {
  auto& page = opened(made_up_study());
  page.value_of(
      "window.copied = null; document.addEventListener('copy', () => { window.copied = "
      "String(getSelection()) || document.activeElement.value; });"
      "navigator.clipboard.writeText = async (text) => { window.copied = text; };"
      // What the button says, it says for a moment only.
      "const button = document.querySelector('#table-scores-1 .tools > button');"
      "new MutationObserver(() => { window.said ||= button.textContent === 'Copied'; })"
      ".observe(button, {childList: true, characterData: true, subtree: true});");
  page.click("#table-scores-1 .tools > button");
  ASSERT_TRUE(page.becomes_true("window.copied"));
  const std::string copied = page.value_of("window.copied");
  const auto file = empty_folder("copied_latex");
  write_report(made_up_study(), file);
  EXPECT_EQ(copied, content_of(file / "tables" / "table-scores-1.tex"));
  EXPECT_TRUE(page.becomes_true("window.said"));
}

/// Brightest value inside an element as the window shows it, 0 to 255.
double brightest(Browser& page, const std::string& selector) {
  const auto window = page.window_around(selector);
  return page.value_of(
      "new Promise((done) => { const image = new Image(); image.onload = () => {"
      " const canvas = document.createElement('canvas'); canvas.width = image.width;"
      " canvas.height = image.height; const pen = canvas.getContext('2d');"
      " pen.drawImage(image, 0, 0); const box = document.querySelector('" +
      selector +
      "').getBoundingClientRect(); const inside = pen.getImageData(box.x + 4, box.y + 4, box.width "
      "- 8, box.height - 8).data; let most = 0; for (let i = 0; i < inside.length; i += 4) most = "
      "Math.max(most, inside[i]); done(most); }; image.src = 'data:image/png;base64," +
      window + "'; })");
}

TEST_F(PageUse, ImagesAreLookedAtSideBySideUnderASliderAndAsErrors) {
  auto& page = opened(made_up_study());
  EXPECT_TRUE(
      page.becomes_true("document.querySelectorAll('figure.comparison .images img').length"
                        " >= 5"));
  // By keys: the list is focused, and an arrow chooses the next way of showing.
  page.value_of("document.querySelector('figure.comparison .tools select').focus()");
  page.press("ArrowDown");
  ASSERT_TRUE(page.becomes_true("!document.querySelector('figure.comparison .wipe').hidden"));
  EXPECT_EQ(page.value_of("document.querySelector('figure.comparison .images').hidden"), true);
  page.value_of("document.querySelector('figure.comparison .wipe input[type=range]').focus()");
  page.press("Home");
  EXPECT_EQ(page.value_of("document.querySelector('.wipe').style.getPropertyValue('--wipe')"),
            "0%");
  page.press("ArrowRight");
  EXPECT_EQ(page.value_of("document.querySelector('.wipe').style.getPropertyValue('--wipe')"),
            "0.5%");

  page.value_of("document.querySelector('figure.comparison .tools select').focus()");
  page.press("ArrowDown");
  ASSERT_TRUE(page.becomes_true("document.querySelector('figure.comparison.errors')"));
  const auto view = [](const std::string& role) {
    return "figure.comparison .image[data-role=" + role + "] .view";
  };
  EXPECT_LE(brightest(page, view("target")), 1) << "the target has no error";
  EXPECT_GT(brightest(page, view("degraded")), 60) << "60 levels of noise, gain 4";
}

TEST_F(PageUse, OneZoomAndOneDragMoveAllImages) {
  auto& page = opened(made_up_study());
  // Scale and shift, in shares of an image: their widths differ by parts of a pixel.
  const std::string places =
      "[...document.querySelectorAll('figure.comparison .images img')].map((image) => { const "
      "place = new DOMMatrix(getComputedStyle(image).transform); const width = image.offsetWidth; "
      "return [place.a, place.e / width, place.f / width].map((value) => value.toFixed(2)); "
      "}).slice(0, 5)";
  page.value_of(
      "document.querySelectorAll('figure.comparison .tools input[type=range]')[0].focus()");
  for (int i = 0; i < 6; ++i) page.press("ArrowRight");  // half a step each: four times
  const auto zoomed = page.value_of(places);
  ASSERT_EQ(zoomed.size(), 5U);
  for (const auto& place : zoomed) {
    EXPECT_EQ(place[0], "4.00");
    EXPECT_EQ(place, zoomed[0]);
  }
  page.drag("figure.comparison .image:nth-child(2) .view", 20, 12);
  const auto moved = page.value_of(places);
  for (const auto& place : moved) EXPECT_EQ(place, moved[0]);
  EXPECT_NE(moved[0], zoomed[0]);
  EXPECT_EQ(moved[0][0], "4.00");
}

TEST_F(PageUse, AMapSaysUnderTheMouseAndByKeysWhatACellIs) {
  auto& page = opened(made_up_study());
  const std::string tip = "document.querySelector('.tip')";
  page.hover("#figure-transfer-1-map rect");
  ASSERT_TRUE(page.becomes_true("!" + tip + ".hidden"));
  const std::string said = page.value_of(tip + ".textContent");
  EXPECT_NE(said.find("12 images × 3 seeds"), std::string::npos) << said;
  EXPECT_NE(said.find("±"), std::string::npos) << said;

  page.value_of("document.querySelector('#figure-transfer-1-map rect').focus()");
  page.press("ArrowRight");
  const std::string right = page.value_of("document.activeElement.getAttribute('aria-label')");
  EXPECT_NE(right, said);
  EXPECT_EQ(page.value_of(tip + ".textContent"), right);
  page.press("ArrowDown");
  EXPECT_NE(page.value_of("document.activeElement.getAttribute('aria-label')"), right);
  page.press("Escape");
  EXPECT_EQ(page.value_of(tip + ".hidden"), true);
  EXPECT_EQ(page.value_of("document.querySelectorAll('#figure-transfer-1-map rect[tabindex=\"0\"]')"
                          ".length"),
            1);
}

TEST_F(PageUse, AnArchitectureSaysWhatAModuleIs) {
  auto& page = opened(made_up_study());
  page.hover("#figure-architecture-clearer-denoise rect.module");
  ASSERT_TRUE(page.becomes_true("!document.querySelector('.tip').hidden"));
  EXPECT_EQ(page.value_of("document.querySelector('.tip').textContent"),
            "seed 1, cell 1, module 1: parallel at 1/1");
}

TEST_F(PageUse, AChartSaysValuesTakesSeriesOutAndZooms) {
  if (chart_library(usual_chart_library_folders()).empty()) {
    GTEST_SKIP() << "libjs-vega is not installed: charts stand still";
  }
  auto& page = opened(made_up_study());
  const std::string chart = "figure.chart[id^=figure-front-parameters]";
  page.hover(chart);
  ASSERT_TRUE(page.becomes_true("document.querySelector('" + chart + " .live .mark-symbol path')"));
  page.hover(chart + " .live .mark-symbol path");
  ASSERT_TRUE(page.becomes_true("!document.querySelector('.tip').hidden"));
  const std::string said = page.value_of("document.querySelector('.tip').textContent");
  EXPECT_NE(said.find("PSNR"), std::string::npos) << said;

  const std::string points = "document.querySelectorAll('" + chart + " .mark-symbol path').length";
  const int all = page.value_of(points);
  page.value_of("document.querySelector('" + chart + " .keys button').focus()");
  page.press("Enter");
  EXPECT_TRUE(page.becomes_true(points + " === " + std::to_string(all - 1)));
  const std::string labels = "[...document.querySelectorAll('" + chart +
                             " .role-axis-label text')].map((text) => text.textContent).join()";
  const std::string before = page.value_of(labels);
  page.click(chart + " .controls .tools button");  // zoom in
  EXPECT_TRUE(page.becomes_true(labels + " !== " + json(before).dump()));
}

TEST_F(PageUse, HostileNamesStayTextInEveryTool) {
  auto study = made_up_study();
  rename_everything(study, hostile_name());
  auto& page = opened(study);
  page.value_of("window.alert = () => { throw new Error('a script of a name ran'); }");
  page.click("#table-scores-1 thead th:nth-child(2) button");
  page.click("#table-scores-1 summary");
  page.click("#table-scores-1 .tools > button");
  page.hover("#figure-transfer-1-map rect");
  page.value_of("document.querySelector('figure.comparison .tools select').focus()");
  page.press("ArrowDown");
  page.value_of(
      "document.querySelectorAll('figure.chart').forEach((each) => "
      "each.scrollIntoView())");
  EXPECT_EQ(page.value_of("document.querySelectorAll('img[src=x], script:not([type])').length - "
                          "document.querySelectorAll('body > script:not([type])').length"),
            0);
}

TEST_F(PageUse, NothingIsWiderThanAPhone) {
  auto& page = opened(made_up_study(), {.width = 390, .height = 844, .is_dark = true});
  EXPECT_EQ(page.value_of("document.documentElement.scrollWidth"), 390);
  EXPECT_EQ(page.value_of("getComputedStyle(document.body).backgroundColor"), "rgb(20, 23, 27)");
}

TEST_F(PageUse, EveryLinkLeadsToAPlaceOnThePage) {
  auto& page = opened(made_up_study());
  EXPECT_EQ(page.value_of("[...document.querySelectorAll('a[href]')].map((link) => "
                          "link.getAttribute('href')).filter((href) => !href.startsWith('#') || "
                          "!document.getElementById(href.slice(1)))"),
            json::array());
  EXPECT_EQ(page.value_of("(() => { const ids = [...document.querySelectorAll('[id]')].map((each) "
                          "=> each.id); return ids.length - new Set(ids).size; })()"),
            0);
}

TEST_F(PageUse, AScoreLeadsToItsSeedAndFromThereToTheStageWithItsCommand) {
  auto& page = opened(made_up_study());
  page.click("#table-scores-1 tbody a.source");
  ASSERT_TRUE(page.becomes_true("document.querySelector('tr:target')"));
  ASSERT_TRUE(page.becomes_true("document.querySelector('tr:target').closest('details').open"));
  page.click("tr:target a.source");
  EXPECT_TRUE(
      page.becomes_true("document.querySelector('tr:target').textContent.includes('bench run')"));
}

}  // namespace
}  // namespace bench::reports
