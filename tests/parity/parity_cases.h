// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/parity/parity_report.h"
#include "tests/parity/parity_set.h"

#include <string>
#include <vector>

namespace limpid::parity {

/// One golden file (or folder) and what compares with it.
struct ParityCase {
    std::string name;
    std::string path; ///< Relative to the set.
    void (*check)(ParitySet& set, ParityReport& report);
    /// A set without `path` skips the case, unless it has this file, which comes with it.
    std::string companion{};
};

/// All of them, in the order in which errors are best looked for: small things first.
const std::vector<ParityCase>& parityCases();

// cases_embedding.cpp, cases_eac.cpp, cases_blocks.cpp, cases_vae.cpp, cases_clip.cpp
void checkEmbedding(ParitySet& set, ParityReport& report);
void checkEac(ParitySet& set, ParityReport& report);
void checkBlocks(ParitySet& set, ParityReport& report);
void checkVae(ParitySet& set, ParityReport& report);
void checkClip(ParitySet& set, ParityReport& report);
// cases_tokenizer.cpp
void checkTokenizer(ParitySet& set, ParityReport& report);
// cases_formats.cpp
void checkFormats(ParitySet& set, ParityReport& report);
void checkWeightFormats(ParitySet& set, ParityReport& report);
// cases_networks.cpp
void checkLkpn(ParitySet& set, ParityReport& report);
void checkControlNet(ParitySet& set, ParityReport& report);
void checkUnet(ParitySet& set, ParityReport& report);
void checkCldm(ParitySet& set, ParityReport& report);
// cases_windows.cpp
void checkWindowOrigins(ParitySet& set, ParityReport& report);
void checkNetworkWindows(ParitySet& set, ParityReport& report);
void checkCldmWindowed(ParitySet& set, ParityReport& report);
// cases_schedule.cpp
void checkSchedule(ParitySet& set, ParityReport& report);
void checkScheduleNotes(ParitySet& set, ParityReport& report);
// cases_image_ops.cpp
void checkImageOperations(ParitySet& set, ParityReport& report);
// cases_tiled.cpp
void checkSlidingWindows(ParitySet& set, ParityReport& report);
void checkTiled(ParitySet& set, ParityReport& report);
// cases_sampling.cpp, cases_pipeline.cpp
void checkSampling(ParitySet& set, ParityReport& report);
void checkPipelines(ParitySet& set, ParityReport& report);

} // namespace limpid::parity
