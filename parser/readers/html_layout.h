// Stage readers: HTML made from PDF, which says where on a page words stand and nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rapporteur {

/// The lines of the pages, laid out with blanks as they were, pages ended by form feeds. Nothing where the page is
/// ordinary HTML: fewer than 20 elements are placed absolutely, or less than three quarters of its words stand in them.
std::optional<std::string> text_of_positioned_html(std::string_view html);

}  // namespace rapporteur
