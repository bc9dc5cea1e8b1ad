// Stage recognition: the marks of agenda items beside headings.
#pragma once

#include "recognition/work.h"

namespace rapporteur {

/// An agenda mark belongs to the heading above it; failing that, to the one below, unless that has a mark of its own.
void agenda_marks(Work& work);

/// "ORGANIZATION OF THE MEETING (Agenda item 1)": the mark at the end of the heading's own line.
void trailing_marks(Work& work);

}  // namespace rapporteur
