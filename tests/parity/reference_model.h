// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/reference_networks.h"
#include "tests/parity/parity_set.h"

namespace limpid::parity {

/// The set's networks as the published pipeline asks for them. The set must outlive the result.
methods::ReferenceNetworks referenceNetworks(ParitySet& set);

/// The ᾱ table of the set.
std::vector<double> alphaBarsOf(const ParitySet& set);

/// "step07." for 7.
std::string stepPrefix(int index);

} // namespace limpid::parity
