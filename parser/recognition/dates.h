// Stage recognition: dates as grammars match them, to ISO 8601.
#pragma once

#include <string>
#include <string_view>

#include "grammar/grammar.h"

namespace rapporteur {

struct IsoDate {
  std::string when;  ///< 1994-04-22, 1983-06, or empty where it is no real date
  std::string to;    ///< end of a span; empty for a single date
};
/// Reads the captures day, month, year and day2, month2, year2 of a match. 31 June comes out empty. So does 5/6/2011 in a text
/// in English, where either may be the month; in other languages, and behind their words ("du"), the day stands first.
/// `language`: BCP 47, empty: not known.
IsoDate iso_date(const Grammar& grammar, const Match& match, std::string_view subject, std::string_view language);

}  // namespace rapporteur
