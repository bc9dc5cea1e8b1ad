// Stage text: what printed labels ("(18)", "III.", "a)", "1O.") say, in any language that uses these figures.
//
// Recognition builds chains from the values, the model resolves references by them; both must read a label alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapporteur {

/// How a label counts. One label may be read in several ways: "I" is roman 1 and letter 9, "C" roman 100 and letter 3.
enum class LabelKind : std::uint8_t {
  number,  ///< 1, 18, 113
  roman,   ///< I, iv, XLII
  letter,  ///< a, B, aa (27), and Cyrillic а, б, в ... (lists leave out ё and й)
};

/// The label that a reader understands: blanks, quotes, and the punctuation around it removed, OCR letters that stand
/// for digits mended. "(18)" -> "18", "III." -> "III", "a)" -> "a", "1O." -> "10", "(31 )" -> "31", "7 (b)" -> "7(b)", "3) (a)" -> "3(a)",
/// "1.1." -> "1.1", "I1" -> "II", "\"A\"" -> "A". Empty where nothing but punctuation is left. Takes and gives UTF-8.
std::string normalise_label(std::string_view printed);

/// The same of an annex, which no small letter numbers: "l" -> "I".
std::string normalise_annex_label(std::string_view printed);

/// The items of an agenda that a mark names, written in one way: "7 (b)" -> "7(b)", "2 a)" -> "2(a)", "3 (b), (c) and 4" ->
/// "3(b), (c) and 4", "2 a) y b)" -> "2(a) y (b)". Words between numbers stay as printed. Takes and gives UTF-8.
std::string normalise_items(std::string_view printed);

/// Value of a normalised label read as `kind`; nothing where it cannot be read so. Numbers of at most 9 digits.
std::optional<std::uint32_t> value_of(std::string_view label, LabelKind kind);

/// The parts of a normalised number label with dots: "1.12.3" -> {1, 12, 3}, "7" -> {7}; empty where a part is no number.
std::vector<std::uint32_t> dotted_values(std::string_view label);

/// Strict roman numeral, 1..3999, all capitals or all small; nothing for "IIII", "IC", "Iv".
std::optional<std::uint32_t> roman_value(std::string_view label);
/// The roman numeral of 1..3999 in capitals; empty outside that range.
std::string roman_of(std::uint32_t value);
/// "PRIMERO" = 1, "Segundo" = 2, "DÉCIMO TERCERO" = 13, "erstens" = 1: ordinals in words, as Spanish, Portuguese and German
/// minutes number what they decide.
std::optional<std::uint32_t> ordinal_value(std::string_view label);
/// a = 1 ... z = 26, aa = 27 (repeated letters); Cyrillic likewise.
std::optional<std::uint32_t> letter_value(std::string_view label);
/// 1 = "a" ... 26 = "z", 27 = "aa"; empty for 0.
std::string letter_of(std::uint32_t value);

/// Whether two normalised labels are the same but for ASCII case: "iii" and "III", "a" and "A".
bool same_label(std::string_view a, std::string_view b);
/// Whether they have the same value as number or roman numeral: "III" and "3".
bool same_number(std::string_view a, std::string_view b);

}  // namespace rapporteur
