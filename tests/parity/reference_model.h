// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/reference_networks.h"
#include "core/networks/tokenizer.h"
#include "tests/parity/parity_set.h"

namespace limpid::parity {

/// The set's networks as the published pipeline asks for them. Control scales given here take the
/// place of those asked for. The set must outlive the result.
methods::ReferenceNetworks referenceNetworks(ParitySet& set,
                                             const std::vector<double>& controlScales = {});

/// The ᾱ table of the set.
std::vector<double> alphaBarsOf(const ParitySet& set);

/// "step07." for 7.
std::string stepPrefix(int index);

/// Results of a row, the names of which begin with `prefix`, with guidance of this scale.
struct GuidanceVariant {
    std::string prefix;
    double scale = 1.0;
};

/// The plain results of a row ("" or "0.") and those of "cfg2.5." and the like.
std::vector<GuidanceVariant> guidanceVariants(const TensorFile& golden, const std::string& row);

/// An input of a row, or the one that all rows have in common; undefined without either.
torch::Tensor inputOf(TensorFile& golden, const std::string& row, const std::string& name);

/// Ids for a text encoder of another context length than the published one. cases_tokenizer.cpp
networks::TokenIds fitted(networks::TokenIds ids, std::int64_t length);

} // namespace limpid::parity
