// Stage xml: forms of values. Two values of one attribute that have the same form are both good or both bad by the schema,
// wherever the attribute stands; so what libxml2 says of one holds of all (see verdicts.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "xml/vocabulary.h"

namespace rapporteur::xml {

/// `no_form`: nothing is known of the value. Values of Kind::exact have no form; each stands for itself.
enum class ValueForm : std::int8_t { no_form = -1, of_kind, empty_word, zero, figures, of_code, of_head, year, month, day };
inline constexpr int form_count = 9;

ValueForm form_of(Kind kind, std::string_view value);

/// A value of that form. Whether values of the kind have it at all is told by `form_of`, of the sample.
std::string sample_of(Kind kind, ValueForm form);

}  // namespace rapporteur::xml
