// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "app/error_sentence.h"
#include "app/models_folder.h"
#include "app/progress_line.h"
#include "app/user_folders.h"

#include <array>
#include <cstdio>
#include <ostream>

namespace limpid::app {

namespace {

namespace fs = std::filesystem;
using checkpoint::ImportStage;

constexpr std::size_t shortHash = 12; ///< Digits shown in a list.

std::string gibibytes(std::uint64_t bytes)
{
    constexpr double unit = 1024.0 * 1024.0 * 1024.0;
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.2f GiB", static_cast<double>(bytes) / unit);
    return text.data();
}

const char* nameOf(ImportStage stage)
{
    switch (stage) {
    case ImportStage::Verifying: return "verifying";
    case ImportStage::Hashing: return "computing the checksum";
    case ImportStage::Writing: return "writing";
    }
    return "";
}

std::string percent(const checkpoint::ImportProgress& progress)
{
    constexpr std::uint64_t whole = 100;
    const auto total = progress.total == 0 ? 1 : progress.total;
    return std::to_string(progress.done * whole / total) + " %";
}

std::string memoryText(std::uint64_t parameters, const std::string& precision)
{
    if (parameters == 0)
        return "unknown";
    return gibibytes(checkpoint::weightMemory(parameters, precision)) + " for the weights in " +
           precision;
}

const char* wordFor(checkpoint::ModelState state)
{
    switch (state) {
    case checkpoint::ModelState::Installed: return "installed";
    case checkpoint::ModelState::Missing: return "missing";
    case checkpoint::ModelState::WrongHash: return "damaged";
    }
    return "";
}

/// Of the weights once they are imported like this, also when that is only tried.
std::string precisionAfter(const ImportCommand& command, const checkpoint::ImportReport& report)
{
    if (report.entry)
        return report.entry->precision;
    switch (command.precision) {
    case checkpoint::ImportPrecision::Fp16: return "fp16";
    case checkpoint::ImportPrecision::Bf16: return "bf16";
    case checkpoint::ImportPrecision::Keep: break;
    }
    return report.precision;
}

void print(const ImportCommand& command, const checkpoint::ImportReport& report, std::ostream& out)
{
    out << "file\t" << plainText(command.file) << "\n"
        << "holds\t" << plainText(report.sentence) << "\n"
        << "format\t" << report.format << "\n"
        << "tensors\t" << report.tensors;
    if (report.ignored > 0)
        out << ", " << report.ignored << " others ignored";
    out << "\nparameters\t" << report.parameters << "\n"
        << "precision\t" << report.precision << "\n"
        << "sha256\t" << report.sourceSha256 << "\n"
        << "memory\t" << memoryText(report.parameters, precisionAfter(command, report)) << "\n"
        << "license\t" << (report.license.empty() ? "not stated" : plainText(report.license))
        << "\n";
}

void printOutcome(const checkpoint::ImportReport& report, const fs::path& folder, std::ostream& out)
{
    if (!report.entry) {
        out << "checked\tnothing was written\n";
        return;
    }
    out << (report.wasThere ? "already imported\t" : "imported\t") << report.entry->id << " in "
        << plainText(folder) << "\n";
    if (!report.wasThere)
        out << "written\t" << report.entry->precision << ", " << gibibytes(report.entry->bytes)
            << ", sha256 " << report.entry->sha256 << "\n";
}

fs::path folderOf(const fs::path& named)
{
    return named.empty() ? userModelsFolder() : named;
}

/// Throws Cancelled when the user interrupts it.
Result<checkpoint::ImportReport> runImport(const ImportCommand& command, const fs::path& folder,
                                           const CliWorld& world)
{
    const CancelSource source;
    ProgressLine line(world);
    const auto show = [&](const checkpoint::ImportProgress& progress) {
        line.write(nameOf(progress.stage) + std::string(" ") + percent(progress));
        if (world.interrupted)
            source.requestCancel();
    };
    return checkpoint::importCheckpoint(command.file, {.folder = folder,
                                                       .precision = command.precision,
                                                       .checkOnly = command.checkOnly,
                                                       .token = source.token(),
                                                       .progress = show});
}

/// One line per model of a folder; none when it has no catalog.
Result<void> list(const fs::path& folder, std::ostream& out)
{
    const auto catalog = checkpoint::Catalog::read(folder);
    if (!catalog && catalog.error().code == ErrorCode::ModelMissing)
        return {};
    if (!catalog)
        return tl::unexpected(catalog.error());
    for (const auto& entry : catalog->entries())
        out << plainText(entry.id) << "\t" << plainText(entry.method) << "\t"
            << wordFor(catalog->presence(entry)) << "\t" << entry.bytes << " bytes\t"
            << (entry.precision.empty() ? "-" : plainText(entry.precision)) << "\tsha256 "
            << entry.sha256.substr(0, shortHash) << "\t" << plainText(entry.license) << "\t"
            << plainText(catalog->pathOf(entry)) << "\n";
    return {};
}

} // namespace

ExitCode import(const ImportCommand& command, const CliWorld& world)
{
    const fs::path folder = folderOf(command.userModels);
    if (folder.empty() && !command.checkOnly)
        return complain({ErrorCode::InvalidRequest,
                         "no home folder is set; name a folder with --user-models",
                         {}},
                        world);
    try {
        const auto report = runImport(command, folder, world);
        if (!report) {
            world.err << "limpid-cli: " << weightsSentence(report.error()) << std::endl;
            return ExitCode::Failed;
        }
        print(command, *report, world.out);
        printOutcome(*report, folder, world.out);
        return ExitCode::Complete;
    } catch (const Cancelled&) {
        world.err << "limpid-cli: stopped; nothing was imported" << std::endl;
        return ExitCode::Interrupted;
    }
}

ExitCode listModels(const ListModels& command, const CliWorld& world)
{
    const fs::path own = command.models.empty() ? ownModelsFolder() : command.models;
    for (const fs::path& folder : {own, folderOf(command.userModels)}) {
        const auto listed = list(folder, world.out);
        if (!listed)
            return complain(listed.error(), world);
    }
    return ExitCode::Complete;
}

} // namespace limpid::app
