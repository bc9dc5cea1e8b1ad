// Stage grammar: advice about grammars that work.

#include "grammar/file_reader.h"

namespace rapporteur {

Diagnostics lint(const Source&, const ReadFile&) { return {}; }

}  // namespace rapporteur
