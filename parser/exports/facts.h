// Stage exports: what a report says of itself, gathered once for every export that has a head of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rapporteur/report.h"

namespace rapporteur {

/// The head of a report as plain values; empty where the report does not say.
struct DocumentFacts {
  std::string symbol;          ///< normalised: without blanks
  std::string symbol_printed;
  std::string title;           ///< lines joined by a blank
  std::string type_printed;    ///< "REPORT", where it stands apart from the title
  std::string organization;    ///< the issuing one
  std::string body;            ///< committee or organ that met
  std::string session;
  std::string date;            ///< ISO; of the document, else of the meeting
  std::string_view precision;  ///< of `date`: "day", "month", "year", or empty
  std::string meeting_from, meeting_to;
  std::string venue;
  std::string_view mode;       ///< "inPerson", "online", "hybrid", or empty
  int year = 0;
};

DocumentFacts document_facts(const Report& report);

/// Every run of blanks (NBSP and its kin, line ends and tabs too) as one blank, none at the ends.
std::string fold_blanks(std::string_view text);

/// `fold_blanks(plain_text(text))`.
std::string words_of(const Inlines& text);

}  // namespace rapporteur
