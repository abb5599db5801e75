// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gate_session.h"

#include "core/base/sha256.h"
#include "core/networks/gate_file.h"
#include "core/training/lesson_folder.h"
#include "core/training/method_restorer.h"
#include "core/training/photo_decoding.h"
#include "core/training/session_photos.h"

#include <chrono>
#include <fstream>

namespace limpid::training {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t toldEvery = 100; // crops, and steps

/// The model without a gate that it may have: what lessons are drawn of.
std::filesystem::path bareModel(const GateSessionOptions& options)
{
    return options.out / "without-gate.safetensors";
}

std::string proposalOf(const networks::SharpnessGateConfig& gate)
{
    if (!gate.deconvolved)
        return {};
    return gate.refined ? " deconvolved and refined" : " deconvolved";
}

std::string sightOf(const networks::SharpnessGateConfig& gate)
{
    return gate.octaveAgreement ? "octave agreement" : "agreement";
}

/// Names all that the lessons depend on.
Result<std::string> sourceOf(const GateSessionOptions& options, const std::set<std::string>& held)
{
    const auto sum = sha256OfFile(bareModel(options));
    if (!sum)
        return tl::unexpected(sum.error());
    const auto learned = PhotoCache::fingerprint(options.photos, held, /*exclude=*/true);
    if (!learned)
        return tl::unexpected(learned.error());
    std::string steps;
    for (const int number : options.modelSteps)
        steps += " " + std::to_string(number);
    return *sum + " frames, more shallow focus, " + sightOf(options.gate.network) + ", scales " +
           std::to_string(options.gate.network.scales) + proposalOf(options.gate.network) +
           " steps" + steps + " side " + std::to_string(options.lessons.side) + " seed " +
           std::to_string(options.lessons.seed) + " from camera " +
           std::to_string(options.lessons.ranges.fromCamera) + " photographs " + *learned;
}

/// Parted, and with room for the lessons and for what is judged.
Result<SessionPhotos> photosFor(const GateSessionOptions& options,
                                const std::filesystem::path& cache, std::ostream& progress)
{
    auto photos = partPhotos(cache, options.validation);
    if (!photos)
        return photos;
    progress << summaryOf(*photos, options.validation) << std::flush;
    if (const auto room =
            requireRoom(photos->learned, options.lessons.side, "--crop", options.photos);
        !room)
        return tl::unexpected(room.error());
    if (options.judgedSide == 0)
        return photos;
    if (const auto room =
            requireRoom(photos->held, options.judgedSide, "--side", options.validation);
        !room)
        return tl::unexpected(room.error());
    return photos;
}

/// All that lessons are drawn with.
struct Drawing {
    PhotoCache photos;
    std::vector<Restorer> restorers;
    GateLessonOptions options;
};

Result<Drawing> drawingFor(const GateSessionOptions& options, PhotoCache photos)
{
    std::vector<Restorer> restorers;
    for (const int steps : options.modelSteps) {
        const auto restore = restorerOfModel(bareModel(options), steps);
        if (!restore)
            return tl::unexpected(restore.error());
        restorers.push_back(*restore);
    }
    const auto propose = proposerOfModel(bareModel(options), options.gate.network);
    if (!propose)
        return tl::unexpected(propose.error());
    Drawing drawing{std::move(photos), std::move(restorers), options.lessons};
    drawing.options.gate = options.gate.network;
    drawing.options.propose = *propose;
    return drawing;
}

Result<void> drawPart(const Drawing& drawing, std::int64_t part, const LessonFolder& folder,
                      std::ostream& progress)
{
    auto options = folder.optionsFor(part, drawing.options);
    options.restored = [&](std::int64_t done) {
        if (done % toldEvery == 0)
            progress << "part " << part << " of " << folder.parts() << ", " << done << " of "
                     << options.count << " crops restored" << std::endl;
    };
    return folder.write(part, drawLessons(drawing.photos, drawing.restorers, options));
}

Result<void> drawMissing(const GateSessionOptions& options, PhotoCache photos,
                         const LessonFolder& folder, std::ostream& progress)
{
    const auto drawing = drawingFor(options, std::move(photos));
    if (!drawing)
        return tl::unexpected(drawing.error());
    // First what nobody draws; then what others have begun, in case they give up.
    for (const bool wait : {false, true}) {
        for (std::int64_t i = 0; i < folder.parts(); ++i) {
            const auto part = (options.firstPart + i) % folder.parts();
            if (folder.has(part))
                continue;
            if (wait)
                progress << "part " << part << ": waiting for the session that draws it"
                         << std::endl;
            const auto claim = folder.claim(part, wait);
            if (!claim)
                return tl::unexpected(claim.error());
            if (!*claim || folder.has(part)) // by now
                continue;
            if (auto drawn = drawPart(*drawing, part, folder, progress); !drawn)
                return drawn;
        }
    }
    return {};
}

/// All lessons, those that are missing drawn. The photographs are not kept for it.
Result<LessonFolder> lessonsOf(const GateSessionOptions& options,
                               const std::set<std::string>& names, PhotoCache learned,
                               std::ostream& progress)
{
    const auto path = options.out / "lessons";
    const auto source = sourceOf(options, names);
    if (!source)
        return tl::unexpected(source.error());
    const LessonFolder folder(path, *source, options.lessons.count);
    if (folder.isComplete())
        progress << "lessons of " << path.string() << "\n";
    else if (const auto drawn = drawMissing(options, std::move(learned), folder, progress); !drawn)
        return tl::unexpected(drawn.error());
    return folder;
}

networks::SharpnessGate trained(const GateSessionOptions& options, GateLessons lessons,
                                std::ostream& progress)
{
    const auto start = Clock::now();
    GateTrainer trainer(options.gate, std::move(lessons));
    double sum = 0.0;
    while (trainer.stepsDone() < options.gate.steps &&
           Clock::now() - start < std::chrono::duration<double>(options.minutes * 60.0)) {
        sum += trainer.step();
        if (trainer.stepsDone() % toldEvery != 0)
            continue;
        progress << trainer.stepsDone() << '\t' << sum / toldEvery << " dB" << std::endl;
        sum = 0.0;
    }
    return trainer.gate();
}

Result<void> judge(const std::filesystem::path& gated, const GateSessionOptions& options,
                   const PhotoCache& held, std::ostream& progress)
{
    for (const auto& [title, model] :
         {std::pair{"without the gate", bareModel(options)}, {"with the gate", gated}}) {
        const auto restore = restorerOfModel(model, options.modelSteps.front());
        if (!restore)
            return tl::unexpected(restore.error());
        const auto table = asMarkdown(measure(held, options.judgedSide, onBlurred(*restore)));
        progress << "\n" << title << "\n\n" << table << std::flush;
        std::ofstream(options.out / "validation.md", std::ios::app) << "\n"
                                                                    << title << "\n\n"
                                                                    << table;
    }
    return {};
}

} // namespace

Result<void> runGateSession(const GateSessionOptions& asked, std::ostream& progress)
{
    auto options = asked;
    if (options.gate.network.deconvolved && options.gate.network.scales < 2)
        return fail(ErrorCode::InvalidRequest, "a deconvolution needs two scales");
    if (options.gate.network.refined && !options.gate.network.deconvolved)
        return fail(ErrorCode::InvalidRequest, "nothing can be refined without a deconvolution");
    const auto names = readNameList(options.validation);
    if (!names)
        return tl::unexpected(names.error());
    const auto model = checkpoint::SafetensorsFile::open(options.model);
    if (!model)
        return tl::unexpected(model.error());
    std::error_code ignored; // a folder that cannot be made shows when the lessons are written
    std::filesystem::create_directories(options.out, ignored);
    const auto cache = cacheFor(asked.photos, asked.out,
                                [&](const std::string& line) { progress << line << std::endl; });
    if (!cache)
        return tl::unexpected(cache.error());
    auto photos = photosFor(options, *cache, progress);
    if (!photos)
        return tl::unexpected(photos.error());
    options.photos = *cache;
    if (auto written = networks::writeWithoutGate(*model, bareModel(options)); !written)
        return written;
    const auto folder = lessonsOf(options, *names, std::move(photos->learned), progress);
    if (!folder)
        return tl::unexpected(folder.error());
    auto lessons = folder->read();
    if (!lessons)
        return tl::unexpected(lessons.error());
    const auto gate = trained(options, std::move(*lessons), progress);
    const auto target = options.out / options.model.filename();
    if (auto written = networks::writeWithGate(*model, gate, target); !written)
        return written;
    return options.judgedSide == 0 ? Result<void>()
                                   : judge(target, options, photos->held, progress);
}

} // namespace limpid::training
