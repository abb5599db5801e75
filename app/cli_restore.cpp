// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "app/error_sentence.h"
#include "app/event_queue.h"
#include "app/models_folder.h"
#include "app/progress_line.h"
#include "app/user_folders.h"
#include "core/checkpoint/catalog.h"
#include "core/engine/engine.h"
#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ostream>

namespace limpid::app {

namespace {

namespace fs = std::filesystem;
using image::Photo;

/// What would fail after minutes of work is refused at once; the writer checks again.
Result<image::FileFormat> checkedTarget(const RestoreCommand& command)
{
    const fs::path& target = command.output;
    const auto format = image::formatFromExtension(target);
    if (!format)
        return fail(ErrorCode::UnsupportedFormat, "want .jpg, .png, .tif or .webp", target);
    std::error_code error;
    if (fs::equivalent(command.input, target, error))
        return fail(ErrorCode::WouldOverwriteSource, {}, target);
    if (fs::exists(target, error) && !fs::is_regular_file(target, error))
        return fail(ErrorCode::NotARegularFile, {}, target);
    if (fs::exists(target, error) && !command.overwrite)
        return fail(ErrorCode::FileExists, {}, target);
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return fail(ErrorCode::FileUnwritable, "its folder is missing or protected", target);
    return *format;
}

/// Some formats are too small for some pictures: refused before the work, too.
Result<void> checkSides(const RestoreCommand& command, const Photo& photo, image::FileFormat format)
{
    auto fits = image::checkSides(photo.size(), format);
    if (!fits)
        fits.error().path = command.output;
    return fits;
}

Result<region::Region> regionOf(const RestoreCommand& command, const Photo& photo)
{
    const region::Region wanted{.rect = command.region.value_or(wholeOf(photo.size())),
                                .featherPixels = command.region ? command.featherPixels : 0};
    auto clipped = region::clipped(wanted, photo.size());
    if (!clipped)
        clipped.error().path = command.input;
    return clipped;
}

/// A number as it is written, or the place of a name among a parameter's choices.
std::optional<double> valueOf(const engine::MethodSpec& method, const std::string& id,
                              const std::string& text)
{
    for (const auto& spec : method.parameters) {
        const auto choice = std::find(spec.choices.begin(), spec.choices.end(), text);
        if (spec.id == id && choice != spec.choices.end())
            return static_cast<double>(choice - spec.choices.begin());
    }
    double value = 0.0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

Result<std::map<std::string, double>> parametersFor(const RestoreCommand& command,
                                                    const engine::MethodSpec& method)
{
    std::map<std::string, double> parameters;
    for (const auto& [id, text] : command.parameters) {
        const auto value = valueOf(method, id, text);
        if (!value)
            return fail(ErrorCode::InvalidRequest,
                        "--param " + id + ": '" + text + "' is no number and no choice");
        parameters[id] = *value;
    }
    return parameters;
}

Result<engine::RestorationRequest> requestFor(const RestoreCommand& command, const Photo& photo,
                                              const region::Region& region,
                                              const ModelFolders& folders, const CliWorld& world)
{
    const auto known = std::find_if(world.methods.begin(), world.methods.end(),
                                    [&](const auto& spec) { return spec.id == command.method; });
    // A method that is not known is refused by who runs it.
    const auto method = known == world.methods.end() ? engine::MethodSpec{} : *known;
    const auto preferred =
        checkpoint::preferredSteps({folders.own, folders.user}, command.method, command.model);
    const auto parameters = parametersFor(command, method);
    if (!parameters)
        return tl::unexpected(parameters.error());
    engine::RestorationRequest request{
        .image = photo.image,
        .region = {},
        .method = command.method,
        .model = command.model,
        .steps = command.steps.value_or(preferred.value_or(method.defaultSteps)),
        .seed = command.seed,
        .parameters = *parameters,
        .texts = command.texts,
        .device = command.device,
        .precision = command.precision};
    if (command.region)
        request.region = region;
    return request;
}

/// Tells the user how a job goes; on a terminal one line that is written again and again.
class Progress {
public:
    explicit Progress(const CliWorld& world) : world_(world), line_(world) {}

    void show(const engine::Event& event)
    {
        if (const auto* degraded = std::get_if<engine::Degraded>(&event))
            world_.err << (line_.isWritten() ? "\n" : "")
                       << "limpid-cli: " << explanation(*degraded) << std::endl;
        if (const auto* stage = std::get_if<engine::StageChanged>(&event))
            line_.write(stage_ = nameOf(stage->stage));
        if (const auto* worked = std::get_if<engine::Worked>(&event); worked && !stage_.empty())
            line_.write(stage_ + ", " + std::to_string(std::lround(100 * worked->share)) + " %");
        if (const auto* done = std::get_if<engine::StepDone>(&event)) {
            stage_.clear(); // from here on steps say more than shares
            line_.write("step " + std::to_string(done->step) + " of " +
                        std::to_string(done->steps) + timeLeft(*done));
        }
    }

private:
    static std::string explanation(const engine::Degraded& degraded)
    {
        switch (degraded.what) {
        case engine::Degradation::SmallerTiles:
            return "memory ran out; trying again with smaller tiles: " + degraded.detail;
        case engine::Degradation::FellBackToCpu:
            return "the GPU could not do it (" + degraded.detail + "); going on with the processor";
        case engine::Degradation::LowerPrecision:
            return "going on with lower precision: " + degraded.detail;
        }
        return degraded.detail;
    }

    static std::string nameOf(engine::Stage stage)
    {
        switch (stage) {
        case engine::Stage::LoadingModel: return "loading the model";
        case engine::Stage::Preparing: return "preparing";
        case engine::Stage::Sampling: return "restoring";
        case engine::Stage::Finishing: return "finishing";
        }
        return {};
    }

    static std::string timeLeft(const engine::StepDone& done)
    {
        if (done.step >= done.steps)
            return {};
        const auto left = done.elapsed * (done.steps - done.step) / done.step;
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left).count();
        return ", about " + std::to_string(seconds + 1) + " s left";
    }

    const CliWorld& world_;
    ProgressLine line_;
    std::string stage_;
};

struct JobEnd {
    engine::Event event;                  ///< The ending event.
    std::chrono::milliseconds perStep{0}; ///< Of sampling; 0 when no step was done.
};

/// Runs the job to its end; a wish to stop becomes a cancel.
JobEnd runJob(const ModelFolders& folders, engine::RestorationRequest request,
              const CliWorld& world)
{
    constexpr std::chrono::milliseconds pollInterval{50}; // how soon an interrupt is noticed
    EventQueue queue;
    Progress progress(world);
    engine::Engine engine(world.runner(folders), queue);
    const auto job = engine.submit(std::move(request));
    std::chrono::milliseconds perStep{0};
    for (;;) {
        const auto event = queue.next(pollInterval);
        if (world.interrupted)
            engine.cancel(job);
        if (!event)
            continue;
        progress.show(*event);
        if (const auto* done = std::get_if<engine::StepDone>(&*event))
            perStep = done->elapsed / done->step;
        if (std::holds_alternative<engine::Finished>(*event) ||
            std::holds_alternative<engine::Failed>(*event) ||
            std::holds_alternative<engine::JobCancelled>(*event))
            return {*event, perStep};
    }
}

double secondsOf(std::chrono::milliseconds time)
{
    return static_cast<double>(time.count() / 10) / 100.0;
}

const char* lossText(image::ExportLoss loss)
{
    switch (loss) {
    case image::ExportLoss::BitDepth: return "16 bits a sample";
    case image::ExportLoss::Alpha: return "transparency";
    case image::ExportLoss::Iptc: return "IPTC tags";
    case image::ExportLoss::MultiPicture: return "further pictures in the file";
    case image::ExportLoss::Comment: return "the comment";
    case image::ExportLoss::PrivateData:
        return "the camera maker's own data, which may tell the location";
    case image::ExportLoss::Unreadable: return "metadata that is damaged or does not fit";
    }
    return "";
}

image::Provenance provenanceOf(const RestoreCommand& command,
                               const engine::RestorationRequest& request,
                               const ModelFolders& folders)
{
    const auto used =
        checkpoint::findModel({folders.own, folders.user}, request.method, request.model);
    image::Recipe recipe{.method = request.method,
                         .model = used ? used->entry.id : request.model,
                         .step = request.steps,
                         .steps = request.steps,
                         .seed = request.seed,
                         .strength = command.strength};
    if (request.region) {
        recipe.region = request.region->rect;
        recipe.featherPixels = request.region->featherPixels;
    }
    return {.program = std::string("Limpid ") + LIMPID_VERSION,
            .when = {}, // the same command writes the same bytes
            .recipes = {std::move(recipe)}};
}

image::ExportOptions optionsFor(const RestoreCommand& command, const Photo& photo,
                                image::FileFormat format, image::Provenance provenance)
{
    const bool holds16 = format == image::FileFormat::Png || format == image::FileFormat::Tiff;
    const auto own = holds16 ? photo.original.depth() : image::SampleDepth::U8;
    return {.format = format,
            .quality = command.quality,
            .depth = command.depth.value_or(own),
            .metadata = command.metadata,
            .statesProvenance = command.statesAi,
            .provenance = std::move(provenance)};
}

Result<void> write(const RestoreCommand& command, const Photo& photo,
                   const image::ExportOptions& options, const image::Raster& pixels,
                   const CliWorld& world)
{
    for (const auto loss : image::foreseeLosses(photo, options))
        world.err << "limpid-cli: " << plainText(command.output) << " does not keep "
                  << lossText(loss) << std::endl;
    return image::writePhoto(pixels, photo, command.output, options);
}

ExitCode interrupted(const CliWorld& world)
{
    world.err << "limpid-cli: stopped; nothing was written" << std::endl;
    return ExitCode::Interrupted;
}

} // namespace

ExitCode restore(const RestoreCommand& command, const CliWorld& world)
{
    const auto format = checkedTarget(command);
    if (!format)
        return complain(format.error(), world);
    const auto photo = image::readPhoto(command.input);
    if (!photo)
        return complain(photo.error(), world);
    const auto fits = checkSides(command, *photo, *format);
    if (!fits)
        return complain(fits.error(), world);
    const auto region = regionOf(command, *photo);
    if (!region)
        return complain(region.error(), world);

    const ModelFolders folders{.own = command.models.empty() ? ownModelsFolder() : command.models,
                               .user = command.userModels.empty() ? userModelsFolder()
                                                                  : command.userModels};
    const auto request = requestFor(command, *photo, *region, folders, world);
    if (!request)
        return complain(request.error(), world);
    const auto end = runJob(folders, *request, world);
    if (const auto* failed = std::get_if<engine::Failed>(&end.event))
        return complain(failed->error, world);
    const auto* finished = std::get_if<engine::Finished>(&end.event);
    if (finished == nullptr || world.interrupted)
        return interrupted(world);

    const auto& result = finished->result;
    const auto pixels = region::compositeSamples(
        *photo,
        {{result.patch, std::make_shared<region::Mask>(region::rasterize(*region, photo->size()))}},
        command.strength);
    const auto options =
        optionsFor(command, *photo, *format, provenanceOf(command, *request, folders));
    const auto written = write(command, *photo, options, pixels, world);
    if (!written)
        return complain(written.error(), world);
    world.out << plainText(command.output) << ": restored on " << result.device << " in "
              << secondsOf(result.elapsed) << " s, " << secondsOf(end.perStep) << " s a step\n";
    return ExitCode::Complete;
}

} // namespace limpid::app
