// Stage model: the names of the model's enumerations, as events, exports and the XML write them.
#pragma once

#include <optional>
#include <string_view>

#include "rapporteur/report.h"

namespace rapporteur {

std::string_view name_of(FieldKind kind);
std::string_view name_of(VenueMode mode);
std::string_view name_of(SectionType type);
std::string_view name_of(ContentsType type);
std::string_view name_of(ParticipantsType type);
std::string_view name_of(PartyKind kind);
std::string_view name_of(FurnitureKind kind);
std::string_view name_of(AnnexWord word);
std::string_view name_of(Presence presence);
std::string_view name_of(ListType type);
std::string_view name_of(RefType type);
std::string_view name_of(RefStatus status);
std::string_view name_of(SpanStyle style);
std::string_view name_of(ReportType type);
std::string_view name_of(Verdict verdict);

/// The value of that name; nothing where there is none. For each enumeration above.
template <typename Enum>
std::optional<Enum> from_name(std::string_view name) {
  constexpr int most = 32;
  for (int i = 0; i < most; ++i) {
    const std::string_view known = name_of(static_cast<Enum>(i));
    if (known.empty()) break;
    if (known == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace rapporteur
