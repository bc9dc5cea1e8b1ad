// Stage search: what people type, turned into an expression of SQLite's FTS5 that cannot be misread or fail.
#pragma once

#include <string>
#include <string_view>

#include "rapporteur/result.h"

namespace rapporteur::search {

/// An expression for MATCH; empty where `words` is blank. Every word stands quoted in it, so nothing that is typed is
/// ever taken for syntax of FTS5.
///
/// Words are parted by blanks and must all occur; "..." (also in other languages' quotation marks) is a phrase, a final *
/// stands for any end, - before a word leaves records out, OR between two words asks for either. AND and what has neither
/// letter nor digit say nothing. Errors: S201, S202, S203.
Result<std::string> fts_expression(std::string_view words);

}  // namespace rapporteur::search
