// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/checkpoint/catalog.h"

#include <functional>
#include <optional>

namespace limpid::checkpoint {

enum class ImportPrecision { Keep, Fp16, Bf16 };

enum class ImportStage { Verifying, Hashing, Writing };

/// Bytes of a stage; the stages follow one another, a stage may be left out.
struct ImportProgress {
    ImportStage stage = ImportStage::Verifying;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
};

struct ImportOptions {
    std::filesystem::path folder; ///< The user's folder of models; made when it is missing.
    ImportPrecision precision = ImportPrecision::Keep;
    bool checkOnly = false; ///< Read and verify everything, write nothing.
    CancelToken token{};
    std::function<void(const ImportProgress&)> progress{};
};

/// What a file of weights turned out to be, and what became of it.
struct ImportReport {
    std::string sentence; ///< In English, e.g. "the published DeblurDiff checkpoint, complete".
    std::string format;   ///< "safetensors", "torch zip", "torch legacy".
    std::size_t tensors = 0;
    std::size_t ignored = 0; ///< Tensors of the file that belong to nothing.
    std::uint64_t parameters = 0;
    std::string precision; ///< Of the source: "fp32", "fp16", "bf16", "mixed".
    std::uint64_t sourceBytes = 0;
    std::string sourceSha256;
    std::string license;
    std::optional<CatalogEntry> entry{}; ///< None after a mere check.
    bool wasThere = false;               ///< It had been imported before; nothing was written.
};

/// Verifies a file of weights, converts it to safetensors under the published names and adds it to
/// the catalog of a folder. The source is only read. Nothing remains in the folder unless all went
/// well. ModelMissing, NotARegularFile, FileUnreadable, ModelDamaged, UnsupportedFormat,
/// ModelMismatch (something else, or numbers too large for the precision), FileUnwritable,
/// DiskFull. Throws Cancelled.
[[nodiscard]] Result<ImportReport> importCheckpoint(const std::filesystem::path& source,
                                                    const ImportOptions& options);

/// Memory that the weights take in a run, in bytes; 0 when the number of parameters is not known.
std::uint64_t weightMemory(std::uint64_t parameters, std::string_view precision);

} // namespace limpid::checkpoint
