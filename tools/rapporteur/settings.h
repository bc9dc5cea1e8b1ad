// Command line: options that stand elsewhere than on the command line.
#pragma once

#include <string>
#include <vector>

#include "options.h"

namespace tool {

/// Fills every configurable option that was not `given`, from the first place that has it: the environment
/// (RAPPORTEUR_...), .rapporteur.toml in this folder or the nearest above it, config.toml in the XDG configuration
/// folder. Throws Stop (grammar, configuration) where a place says something that cannot be.
void apply_settings(const Options& options, const std::vector<std::string>& given);

}  // namespace tool
