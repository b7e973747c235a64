#pragma once

#include <string>
#include <string_view>

/// One escaping function for each context that a name from outside can land in. Every string of a
/// Study goes through exactly one of them on its way into a file.
///
/// All of them first make the text valid UTF-8 (U+FFFD for what is not) and replace control
/// characters, so that a terminal sequence in a log line or a direction override stays an image
/// of itself.
namespace bench::reports {

/// `text` as valid UTF-8 without control characters: invalid bytes and C0/C1 controls become
/// U+FFFD, and so do the controls that turn the direction of text; line breaks and tabs a space.
std::string plain_line(std::string_view text);

/// For the text between HTML tags, and for attribute values in double quotes.
std::string escape_html(std::string_view text);

/// A name from outside for HTML: isolated, so that a right-to-left one does not turn its
/// neighbors.
std::string name_html(std::string_view text);

/// For JSON inside `<script>`: `json` must be valid JSON; "<", ">", "&" and the line separators
/// become \u escapes, so that no "</script>" or "<!--" can end the element.
std::string escape_json_for_script(std::string_view json);

/// For running text and table cells of LaTeX under inputenc/T1. What T1 cannot show is written as
/// its code point ("U+05D0"). Long words get \allowbreak at joints and every 16 letters.
std::string escape_latex(std::string_view text);

/// For running text and table cells of Markdown (CommonMark and GitHub tables).
std::string escape_markdown(std::string_view text);

/// One CSV field (RFC 4180). A text that a spreadsheet would take for a formula (it begins with
/// = + - @) gets a leading apostrophe; numbers are not passed through here.
std::string escape_csv(std::string_view text);

/// `text` as an id of HTML, LaTeX labels and file names: letters, digits and "-"; at most 48 of
/// them and never empty. Different texts may give one slug: the caller numbers them.
std::string slug(std::string_view text);

}  // namespace bench::reports
