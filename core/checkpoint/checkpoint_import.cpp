// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/checkpoint_import.h"

#include "core/base/sha256.h"
#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/element_conversion.h"
#include "core/checkpoint/identify.h"

#include <algorithm>

namespace limpid::checkpoint {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largestPiece = std::uint64_t{4} << 20; ///< Holds whole elements.
constexpr std::size_t shortHash = 8; ///< Digits that tell imports apart in a name.
constexpr int publishedSteps = 8;    ///< Of the published 50: each costs time and some likeness.
constexpr const char* deblurDiffLicense =
    "MIT (DeblurDiff); CreativeML Open RAIL++-M (Stable Diffusion 2.1)";

std::string formatName(CheckpointFormat format)
{
    switch (format) {
    case CheckpointFormat::Safetensors: return "safetensors";
    case CheckpointFormat::TorchZip: return "torch zip";
    case CheckpointFormat::TorchLegacy: return "torch legacy";
    }
    return {};
}

std::string precisionName(DType dtype)
{
    switch (dtype) {
    case DType::F64: return "fp64";
    case DType::F32: return "fp32";
    case DType::F16: return "fp16";
    case DType::BF16: return "bf16";
    default: return {};
    }
}

DType targetType(DType dtype, ImportPrecision precision)
{
    if (!isFloatingPoint(dtype) || precision == ImportPrecision::Keep)
        return dtype;
    return precision == ImportPrecision::Fp16 ? DType::F16 : DType::BF16;
}

template<class T>
T require(Result<T> result)
{
    if (!result)
        throw Failure(result.error());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// Makes a folder; unless kept, removes again what was made of it and is empty.
class MadeFolder {
public:
    explicit MadeFolder(const fs::path& folder)
    {
        std::error_code error;
        for (fs::path path = fs::absolute(folder, error); !fs::exists(path, error);
             path = path.parent_path())
            made_.push_back(path);
        fs::create_directories(folder, error);
        if (error)
            throw Failure({ErrorCode::FileUnwritable, error.message(), folder});
    }

    ~MadeFolder()
    {
        std::error_code error;
        for (const fs::path& path : made_)
            fs::remove(path, error); // does nothing when something is in it
    }

    MadeFolder(const MadeFolder&) = delete;
    MadeFolder& operator=(const MadeFolder&) = delete;

    void keep() { made_.clear(); }

private:
    std::vector<fs::path> made_; ///< Innermost first.
};

/// One import; throws Failure and Cancelled.
class Import {
public:
    Import(const fs::path& source, const ImportOptions& options)
        : source_(source), options_(options), file_(require(CheckpointFile::open(source))),
          identity_(identify(file_.index()))
    {}

    ImportReport run()
    {
        if (!identity_.isUsable())
            throw Failure({ErrorCode::ModelMismatch, identity_.sentence, source_});
        describe();
        require(file_.verifyChecksums(options_.token, reporter(ImportStage::Verifying)));
        report_.sourceSha256 = hash();
        if (options_.checkOnly)
            checkValues();
        else
            install();
        return std::move(report_);
    }

private:
    const TensorEntry& entryOf(const std::string& original) const
    {
        return file_.index().tensors.at(original);
    }

    ByteProgress reporter(ImportStage stage) const
    {
        return [this, stage](std::uint64_t done, std::uint64_t total) {
            if (options_.progress)
                options_.progress({.stage = stage, .done = done, .total = total});
        };
    }

    /// One name for the floating-point types of all tensors after a conversion.
    std::string commonPrecision(ImportPrecision precision) const
    {
        std::string common;
        for (const auto& [name, original] : identity_.names) {
            const std::string own = precisionName(targetType(entryOf(original).dtype, precision));
            if (!own.empty() && !common.empty() && own != common)
                return "mixed";
            common = own.empty() ? common : own;
        }
        return common;
    }

    void describe()
    {
        report_.sentence = identity_.sentence;
        report_.format = formatName(file_.format());
        report_.tensors = identity_.names.size();
        report_.ignored = file_.index().tensors.size() - identity_.names.size();
        for (const auto& [name, original] : identity_.names)
            report_.parameters += entryOf(original).bytes / elementSize(entryOf(original).dtype);
        report_.precision = commonPrecision(ImportPrecision::Keep);
        report_.sourceBytes = file_.source().size();
        const auto stated = file_.index().metadata.find("license");
        if (stated != file_.index().metadata.end())
            report_.license = stated->second;
        else
            report_.license = identity_.kind == CheckpointKind::DeblurDiff ? deblurDiffLicense : "";
    }

    /// Reads the whole file and sums it up.
    std::string hash()
    {
        const auto progress = reporter(ImportStage::Hashing);
        Sha256 sum;
        inPieces(0, file_.source().size(), [&](std::uint64_t done) {
            options_.token.throwIfRequested();
            sum.add(piece_);
            progress(done, file_.source().size());
        });
        return sum.hex();
    }

    /// Reads a range of the file into piece_, one piece after the other; `use` is told how much of
    /// the range is read with it.
    void inPieces(std::uint64_t offset, std::uint64_t bytes,
                  const std::function<void(std::uint64_t done)>& use)
    {
        for (std::uint64_t done = 0; done < bytes;) {
            piece_.resize(static_cast<std::size_t>(std::min(largestPiece, bytes - done)));
            file_.source().read(offset + done, piece_);
            done += piece_.size();
            use(done);
        }
    }

    void refuseNotFinite(const std::string& name, std::uint64_t count) const
    {
        if (count > 0)
            throw Failure({ErrorCode::ModelDamaged,
                           "tensor '" + name + "' holds " + std::to_string(count) +
                               " values that are no numbers",
                           source_});
    }

    void checkValues()
    {
        const auto progress = reporter(ImportStage::Verifying);
        std::uint64_t done = 0;
        for (const TensorPlan& plan : plans()) {
            options_.token.throwIfRequested();
            converted(plan);
            done += entryOf(identity_.names.at(plan.name)).bytes;
            progress(std::min(done, file_.source().size()), file_.source().size());
        }
    }

    /// The bytes of one tensor in the type it will be written in; valid until the next call. No
    /// more of the file than this tensor is in memory.
    std::span<const std::byte> converted(const TensorPlan& plan)
    {
        const TensorEntry& entry = entryOf(identity_.names.at(plan.name));
        ConversionReport report;
        if (entry.dtype == plan.dtype) {
            converted_.resize(static_cast<std::size_t>(entry.bytes));
            readElements(file_.source(), entry, converted_);
            report.notFinite = countNotFinite(converted_, entry.dtype);
        } else if (entry.strides.empty()) {
            report = convertedInPieces(entry, plan.dtype);
        } else {
            piece_.resize(static_cast<std::size_t>(entry.bytes));
            readElements(file_.source(), entry, piece_);
            report = convertElements(piece_, entry.dtype, plan.dtype, converted_);
        }
        refuseNotFinite(plan.name, report.notFinite);
        if (report.overflowed > 0)
            throw Failure({ErrorCode::ModelMismatch,
                           "tensor '" + plan.name + "' holds numbers too large for " +
                               precisionName(plan.dtype) + "; import it as bf16",
                           source_});
        return converted_;
    }

    ConversionReport convertedInPieces(const TensorEntry& entry, DType type)
    {
        std::vector<std::byte> part;
        ConversionReport report;
        converted_.clear();
        converted_.reserve(
            static_cast<std::size_t>(entry.bytes / elementSize(entry.dtype) * elementSize(type)));
        inPieces(entry.offset, entry.bytes, [&](std::uint64_t) {
            const auto counted = convertElements(piece_, entry.dtype, type, part);
            report.notFinite += counted.notFinite;
            report.overflowed += counted.overflowed;
            converted_.insert(converted_.end(), part.begin(), part.end());
        });
        return report;
    }

    std::vector<TensorPlan> plans() const
    {
        std::vector<TensorPlan> plans;
        for (const auto& [name, original] : identity_.names) {
            const TensorEntry& entry = entryOf(original);
            plans.push_back({.name = name,
                             .dtype = targetType(entry.dtype, options_.precision),
                             .shape = entry.shape});
        }
        return plans;
    }

    CatalogEntry newEntry() const
    {
        const std::string precision = commonPrecision(options_.precision);
        const std::string id = identity_.architecture + "-" + precision + "-" +
                               report_.sourceSha256.substr(0, shortHash);
        return {.id = id,
                .method = identity_.architecture,
                .architecture = identity_.architecture,
                .file = id + ".safetensors",
                .license = report_.license,
                .precision = precision,
                .parameters = report_.parameters,
                .steps = identity_.kind == CheckpointKind::DeblurDiff ? publishedSteps : 0,
                .importedFrom = source_.filename().string(),
                .sourceSha256 = report_.sourceSha256};
    }

    /// The entry of an earlier import of the same file that is still whole.
    std::optional<CatalogEntry> earlier(const CatalogEntry& wanted) const
    {
        const auto catalog = Catalog::read(options_.folder);
        if (!catalog) {
            if (catalog.error().code != ErrorCode::ModelMissing)
                throw Failure(catalog.error());
            return std::nullopt;
        }
        const auto entry = catalog->find(wanted.id);
        if (!entry || entry->sourceSha256 != wanted.sourceSha256 ||
            catalog->state(*entry) != ModelState::Installed)
            return std::nullopt;
        return *entry;
    }

    void requireSpace(const std::vector<TensorPlan>& plans) const
    {
        std::uint64_t needed = 0;
        for (const TensorPlan& plan : plans)
            needed += plan.bytes();
        std::error_code error;
        const auto space = fs::space(options_.folder, error);
        if (!error && space.available < needed)
            throw Failure({ErrorCode::DiskFull,
                           std::to_string(needed) + " bytes are needed, " +
                               std::to_string(space.available) + " are free",
                           options_.folder});
    }

    std::map<std::string, std::string> metadata() const
    {
        // Without "architecture" and sizes the networks take a file for the published one.
        auto metadata = file_.index().metadata;
        metadata["limpid.source"] = source_.filename().string();
        metadata["limpid.source_sha256"] = report_.sourceSha256;
        return metadata;
    }

    void install()
    {
        CatalogEntry entry = newEntry();
        if (const auto found = earlier(entry)) {
            report_.entry = found;
            report_.wasThere = true;
            return;
        }
        MadeFolder folder(options_.folder);
        const fs::path target = options_.folder / entry.file;
        std::error_code error;
        if (fs::equivalent(target, source_, error))
            throw Failure(
                {ErrorCode::WouldOverwriteSource, "the source is in its own way", source_});
        const auto tensors = plans();
        requireSpace(tensors);
        const auto written = require(writeSafetensors(
            target, tensors, [this](const TensorPlan& plan) { return convertedOrFailed(plan); },
            {.metadata = metadata(),
             .token = options_.token,
             .progress = reporter(ImportStage::Writing)}));
        entry.bytes = written.bytes;
        entry.sha256 = written.sha256;
        if (const auto listed = addToCatalog(options_.folder, entry); !listed) {
            fs::remove(target, error);
            throw Failure(listed.error());
        }
        folder.keep();
        report_.entry = std::move(entry);
    }

    Result<std::span<const std::byte>> convertedOrFailed(const TensorPlan& plan)
    {
        try {
            return converted(plan);
        } catch (const Failure& failure) {
            return tl::unexpected(failure.error());
        }
    }

    fs::path source_;
    const ImportOptions& options_;
    CheckpointFile file_;
    Identification identity_;
    ImportReport report_;
    std::vector<std::byte> piece_; ///< Of the file, as it is.
    std::vector<std::byte> converted_;
};

} // namespace

Result<ImportReport> importCheckpoint(const fs::path& source, const ImportOptions& options)
{
    try {
        return Import(source, options).run();
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "not enough memory for one of its tensors", source);
    }
}

std::uint64_t weightMemory(std::uint64_t parameters, std::string_view precision)
{
    const bool isHalf = precision == "fp16" || precision == "bf16";
    return parameters * (isHalf ? 2 : 4);
}

} // namespace limpid::checkpoint
