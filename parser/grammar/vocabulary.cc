// Stage grammar: the words of grammar files, in one place, so that messages and documentation can list them.

#include "grammar/vocabulary.h"

namespace rapporteur {

namespace {
template <typename Enum>
std::uint8_t bits(Enum value) {
  return static_cast<std::uint8_t>(value);
}
}  // namespace

const Words& emit_words_of_blocks() {
  static const Words words = {
      {"organization", bits(Emit::organization)}, {"body", bits(Emit::body)},
      {"docNumber", bits(Emit::docNumber)},       {"docDate", bits(Emit::docDate)},
      {"docTitle", bits(Emit::docTitle)},         {"docType", bits(Emit::docType)},
      {"session", bits(Emit::session)},           {"venue", bits(Emit::venue)},
      {"meetingDate", bits(Emit::meetingDate)},   {"distribution", bits(Emit::distribution)},
      {"section", bits(Emit::section)},           {"sectionMark", bits(Emit::sectionMark)},
      {"paragraph", bits(Emit::paragraph)},       {"point", bits(Emit::point)},
      {"annex", bits(Emit::annex)},               {"annexMark", bits(Emit::annexMark)},
      {"contents", bits(Emit::contents)},         {"contentsEntry", bits(Emit::contentsEntry)},
      {"agendaList", bits(Emit::agendaList)},     {"participants", bits(Emit::participants)},
      {"closing", bits(Emit::closing)},           {"furniture", bits(Emit::furniture)},
      {"contact", bits(Emit::contact)},           {"note", bits(Emit::note)},
      {"none", bits(Emit::none)}};
  return words;
}

const Words& emit_words_of_inlines() {
  static const Words words = {{"annexRef", bits(Emit::annexRef)},           {"documentRef", bits(Emit::documentRef)},
                              {"paragraphRef", bits(Emit::paragraphRef)},   {"agendaItemRef", bits(Emit::agendaItemRef)},
                              {"date", bits(Emit::date)},                   {"person", bits(Emit::person)},
                              {"organization", bits(Emit::organization)}, {"venue", bits(Emit::venue)}, {"none", bits(Emit::none)}};
  return words;
}

const Words& zone_words() {
  static const Words words = {{"header", zone_header},   {"contents", zone_contents}, {"body", zone_body},
                              {"annex", zone_annex},     {"closing", zone_closing},   {"any", zone_any}, {"cue", zone_cue}};
  return words;
}

const Words& look_words() {
  static const Words words = {{"heading", look_heading}, {"bold", look_bold},     {"capitals", look_capitals},
                              {"centred", look_centred}, {"italic", look_italic}, {"alone", look_alone}};
  return words;
}

const Words& title_words() {
  static const Words words = {{"same", bits(TitleAt::same)},
                              {"next", bits(TitleAt::next)},
                              {"previous", bits(TitleAt::previous)},
                              {"none", bits(TitleAt::none)}};
  return words;
}

std::vector<std::string> type_words(Emit emit) {
  if (emit == Emit::section || emit == Emit::sectionMark)
    return {"agendaItem", "subItem", "part", "chapter", "recommendation", "article", "heading"};
  if (emit == Emit::participants)
    return {"memberStates", "observers", "relatedBodies", "organizations", "secretariat", "persons", "mixed"};
  if (emit == Emit::furniture)
    return {"letterhead", "footer", "header", "pageNumber", "contact", "catchword", "stamp", "other"};
  return {};
}

std::vector<std::string> only_words(const Words& words) {
  std::vector<std::string> out;
  for (const auto& [word, value] : words) out.push_back(word);
  return out;
}

}  // namespace rapporteur
