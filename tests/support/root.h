// Tests: where the project's own files (grammars/, corpus/, tests/cases/) stand.
//
// A function instead of a macro on every compiler call: objects of tests do not depend on the folder of the checkout, so
// a compiler cache serves every checkout.
#pragma once

#include <string>

/// The root of the source tree, absolute, without a slash at its end.
std::string project_root();
