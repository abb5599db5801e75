// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/parity_cases.h"

namespace limpid::parity {

const std::vector<ParityCase>& parityCases()
{
    static const std::vector<ParityCase> cases{
        {"schedule", "golden/schedule.safetensors", checkSchedule, "golden/schedule_notes.json"},
        {"schedule notes", "golden/schedule_notes.json", checkScheduleNotes,
         "golden/schedule.safetensors"},
        {"image operations", "golden/image_ops.safetensors", checkImageOperations},
        {"sliding windows", "golden/sliding_windows.json", checkSlidingWindows,
         "golden/tiled.safetensors"},
        {"formats", "formats", checkFormats},
        {"weight formats", "weights", checkWeightFormats, "config.json"},
        {"embedding", "golden/embedding.safetensors", checkEmbedding},
        {"eac", "golden/eac.safetensors", checkEac},
        {"window origins", "golden/attention_window_origins.json", checkWindowOrigins,
         "golden/cldm_windowed.safetensors"},
        {"blocks", "golden/blocks.safetensors", checkBlocks},
        {"vae", "golden/vae.safetensors", checkVae},
        {"tokenizer", "tokenizer", checkTokenizer, "config.json"},
        {"clip", "golden/clip.safetensors", checkClip},
        {"lkpn", "golden/lkpn.safetensors", checkLkpn},
        {"controlnet", "golden/controlnet.safetensors", checkControlNet},
        {"unet", "golden/unet.safetensors", checkUnet},
        {"cldm", "golden/cldm.safetensors", checkCldm},
        {"network windows", "golden/attention_windows.json", checkNetworkWindows,
         "golden/cldm_windowed.safetensors"},
        {"cldm windowed", "golden/cldm_windowed.safetensors", checkCldmWindowed},
        {"tiled", "golden/tiled.safetensors", checkTiled},
        {"sampling", "golden/sampling.safetensors", checkSampling},
        {"pipeline", "golden/pipeline.json", checkPipelines},
    };
    return cases;
}

} // namespace limpid::parity
