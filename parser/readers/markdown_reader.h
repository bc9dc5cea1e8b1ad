// Stage readers: Markdown as OCR and people write it, line by line, to lines with their look.
#pragma once

#include "readers/line.h"

namespace rapporteur {

/// One Line for each source line that is not blank. Printed list labels stay in the content and are never recounted;
/// markup becomes look and marks; targets, tags and comments stand in marks, not in contents. Total: no errors.
Document read_markdown(SourcePtr source);

}  // namespace rapporteur
