// A report that has every part of the model, each field with a value of its own; an invented body.
#pragma once

#include "rapporteur/report.h"

namespace rapporteur::test {

Report every_element();

}  // namespace rapporteur::test
