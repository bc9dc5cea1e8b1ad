// Stage xml: the words of the vocabulary for every enumeration of the model, used alike by writing and by reading.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "rapporteur/report.h"

namespace rapporteur::xml {

template <std::size_t N>
using WordTable = std::array<const char*, N>;

// Each table is in the order of its enumeration in report.h.
inline constexpr WordTable<4> report_types{"meetingReport", "minutes", "recordOfMeeting", "document"};
inline constexpr WordTable<2> verdicts{"ok", "review"};
inline constexpr WordTable<3> severities{"info", "warning", "error"};
inline constexpr WordTable<6> ref_types{"annex", "appendix", "document", "paragraph", "agendaItem", "footnote"};
inline constexpr WordTable<4> ref_statuses{"resolved", "unresolved", "ambiguous", "external"};
inline constexpr WordTable<6> span_styles{"strong", "emph", "sup", "sub", "code", "strike"};  // element names
inline constexpr WordTable<3> list_types{"ordered", "bulleted", "plain"};
inline constexpr WordTable<3> party_kinds{"state", "organization", "body"};
inline constexpr WordTable<7> participants_types{"memberStates", "observers", "relatedBodies", "organizations",
                                             "secretariat",  "persons",   "mixed"};
inline constexpr WordTable<7> section_types{"agendaItem", "subItem", "part", "chapter", "recommendation", "article", "heading"};
inline constexpr WordTable<2> contents_types{"tableOfContents", "agenda"};
inline constexpr WordTable<11> field_kinds{"organization", "issuingBody", "docNumber",    "docType",   // element names
                                       "docTitle",     "docDate",     "session",      "venue",
                                       "meetingDate",  "distribution", "headerLine"};
inline constexpr WordTable<4> venue_modes{"", "inPerson", "online", "hybrid"};
inline constexpr WordTable<3> presences{"included", "referencedOnly", "separateFile"};
inline constexpr WordTable<4> annex_words{"annex", "appendix", "attachment", "addendum"};
inline constexpr WordTable<8> furniture_kinds{"letterhead", "footer", "header", "pageNumber", "contact", "catchword", "stamp", "other"};

template <typename Enum, std::size_t N>
constexpr const char* word(const WordTable<N>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

/// The member of the enumeration that a word stands for.
template <typename Enum, std::size_t N>
std::optional<Enum> meaning(const WordTable<N>& words, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (text == words[i]) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace rapporteur::xml
