// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/photo_restorer.h"

#include "app/error_sentence.h"
#include "app/models_folder.h"
#include "app/user_folders.h"
#include "core/checkpoint/catalog.h"
#include "core/image/photo_reader.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <new>
#include <sstream>

namespace limpid::app {

namespace {

namespace fs = std::filesystem;
using image::Photo;

/// What would fail after minutes of work is refused at once; the writer checks again.
Result<image::FileFormat> checkedTarget(const PhotoFiles& files)
{
    const fs::path& target = files.output;
    const auto format = image::formatFromExtension(target);
    if (!format)
        return fail(ErrorCode::UnsupportedFormat, "want .jpg, .png, .tif or .webp", target);
    std::error_code error;
    if (fs::equivalent(files.input, target, error))
        return fail(ErrorCode::WouldOverwriteSource, {}, target);
    if (fs::exists(target, error) && !fs::is_regular_file(target, error))
        return fail(ErrorCode::NotARegularFile, {}, target);
    if (fs::exists(target, error) && !files.overwrite)
        return fail(ErrorCode::FileExists, {}, target);
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return fail(ErrorCode::FileUnwritable, "its folder is missing or protected", target);
    return *format;
}

/// Some formats are too small for some pictures: refused before the work, too.
Result<void> checkSides(const PhotoFiles& files, const Photo& photo, image::FileFormat format)
{
    auto fits = image::checkSides(photo.size(), format);
    if (!fits)
        fits.error().path = files.output;
    return fits;
}

Result<region::Region> regionOf(const RestoreOptions& options, const Photo& photo)
{
    const region::Region wanted{.rect = options.region.value_or(wholeOf(photo.size())),
                                .featherPixels = options.region ? options.featherPixels : 0};
    auto clipped = region::clipped(wanted, photo.size());
    if (!clipped)
        clipped.error().path = photo.path;
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

Result<void> checkParameter(const engine::MethodSpec& method, const std::string& id, double value)
{
    const auto spec = std::ranges::find(method.parameters, id, &engine::ParameterSpec::id);
    if (spec == method.parameters.end())
        return fail(ErrorCode::InvalidRequest,
                    "--param " + id + ": '" + method.id + "' has no such parameter");
    const bool isChoice = spec->kind == engine::ParameterSpec::Kind::Choice;
    const double last = isChoice ? static_cast<double>(spec->choices.size()) - 1 : spec->maximum;
    // Written so that NaN is refused, too.
    if (value >= spec->minimum && value <= last)
        return {};
    std::ostringstream detail;
    detail << "--param " << id << ": " << value << " is not within " << spec->minimum << " to "
           << last;
    return fail(ErrorCode::InvalidRequest, detail.str());
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

Result<void> write(const image::Raster& pixels, const Photo& photo, const fs::path& target,
                   const image::ExportOptions& options, JobProgress& progress)
{
    for (const auto loss : image::foreseeLosses(photo, options))
        progress.note(plainText(target) + " does not keep " + lossText(loss));
    return image::writePhoto(pixels, photo, target, options);
}

} // namespace

PhotoRestorer::PhotoRestorer(const RestoreOptions& options, const CliWorld& world)
    : options_(options),
      world_(world), folders_{.own = options.models.empty() ? ownModelsFolder() : options.models,
                              .user = options.userModels.empty() ? userModelsFolder()
                                                                 : options.userModels}
{}

/// A method that is not known is refused by who runs it.
engine::MethodSpec PhotoRestorer::method() const
{
    const auto known = std::find_if(world_.methods.begin(), world_.methods.end(),
                                    [&](const auto& spec) { return spec.id == options_.method; });
    return known == world_.methods.end() ? engine::MethodSpec{} : *known;
}

int PhotoRestorer::steps() const
{
    if (options_.steps)
        return *options_.steps;
    const auto preferred =
        checkpoint::preferredSteps({folders_.own, folders_.user}, options_.method, options_.model);
    return preferred.value_or(method().defaultSteps);
}

Result<std::map<std::string, double>> PhotoRestorer::parameters() const
{
    std::map<std::string, double> parameters;
    for (const auto& [id, text] : options_.parameters) {
        const auto value = valueOf(method(), id, text);
        if (!value)
            return fail(ErrorCode::InvalidRequest,
                        "--param " + id + ": '" + text + "' is no number and no choice");
        parameters[id] = *value;
    }
    return parameters;
}

Result<void> PhotoRestorer::checkOptions() const
{
    const auto spec = method();
    if (spec.id.empty())
        return fail(ErrorCode::InvalidRequest, "there is no method '" + options_.method + "'");
    if (const int count = steps(); count < spec.minSteps || count > spec.maxSteps)
        return fail(ErrorCode::InvalidRequest,
                    "--steps " + std::to_string(count) + ": '" + spec.id + "' takes " +
                        std::to_string(spec.minSteps) + " to " + std::to_string(spec.maxSteps));
    const auto given = parameters();
    if (!given)
        return tl::unexpected(given.error());
    for (const auto& [id, value] : *given) {
        if (auto fits = checkParameter(spec, id, value); !fits)
            return fits;
    }
    return {};
}

Result<engine::RestorationRequest> PhotoRestorer::requestFor(const Photo& photo,
                                                             const region::Region& region) const
{
    const auto known = parameters();
    if (!known)
        return tl::unexpected(known.error());
    engine::RestorationRequest request{.image = photo.image,
                                       .region = {},
                                       .method = options_.method,
                                       .model = options_.model,
                                       .steps = steps(),
                                       .seed = options_.seed,
                                       .parameters = *known,
                                       .texts = options_.texts,
                                       .device = options_.device,
                                       .precision = options_.precision};
    if (options_.region)
        request.region = region;
    return request;
}

image::Provenance PhotoRestorer::provenanceOf(const engine::RestorationRequest& request) const
{
    const auto used =
        checkpoint::findModel({folders_.own, folders_.user}, request.method, request.model);
    image::Recipe recipe{.method = request.method,
                         .model = used ? used->entry.id : request.model,
                         .step = request.steps,
                         .steps = request.steps,
                         .seed = request.seed,
                         .strength = options_.strength};
    if (request.region) {
        recipe.region = request.region->rect;
        recipe.featherPixels = request.region->featherPixels;
    }
    return {.program = std::string("Limpid ") + LIMPID_VERSION,
            .when = {}, // the same command writes the same bytes
            .recipes = {std::move(recipe)}};
}

image::ExportOptions PhotoRestorer::exportOptions(const Photo& photo, const PhotoFiles& files,
                                                  const engine::RestorationRequest& request) const
{
    const auto format = image::formatFromExtension(files.output).value_or(image::FileFormat::Png);
    const bool holds16 = format == image::FileFormat::Png || format == image::FileFormat::Tiff;
    const auto own = holds16 ? photo.original.depth() : image::SampleDepth::U8;
    return {.format = format,
            .quality = options_.quality,
            .depth = options_.depth.value_or(own),
            .metadata = options_.metadata,
            .statesProvenance = options_.statesAi,
            .provenance = provenanceOf(request)};
}

PhotoRestorer::JobEnd PhotoRestorer::runJob(engine::RestorationRequest request,
                                            JobProgress& progress)
{
    if (!engine_)
        engine_.emplace(world_.runner(folders_), queue_);
    const auto job = engine_->submit(std::move(request));
    try {
        return endOf(job, progress);
    } catch (...) {
        engine_->cancel(job); // or it would go on behind the next photograph
        throw;
    }
}

/// A wish to stop becomes a cancel.
PhotoRestorer::JobEnd PhotoRestorer::endOf(engine::JobId job, JobProgress& progress)
{
    constexpr std::chrono::milliseconds pollInterval{50}; // how soon an interrupt is noticed
    std::chrono::milliseconds perStep{0};
    for (;;) {
        const auto event = queue_.next(pollInterval);
        if (world_.interrupted)
            engine_->cancel(job);
        if (!event) {
            progress.wait();
            continue;
        }
        if (engine::jobOf(*event) != job)
            continue; // of one that was given up
        progress.show(*event);
        if (const auto* done = std::get_if<engine::StepDone>(&*event))
            perStep = done->elapsed / done->step;
        if (std::holds_alternative<engine::JobCancelled>(*event))
            throw Cancelled{};
        if (std::holds_alternative<engine::Finished>(*event) ||
            std::holds_alternative<engine::Failed>(*event))
            return {*event, perStep};
    }
}

Result<Restored> PhotoRestorer::work(const PhotoFiles& files, JobProgress& progress)
{
    const auto format = checkedTarget(files);
    if (!format)
        return tl::unexpected(format.error());
    const auto photo = image::readPhoto(files.input);
    if (!photo)
        return tl::unexpected(photo.error());
    if (const auto fits = checkSides(files, *photo, *format); !fits)
        return tl::unexpected(fits.error());
    const auto region = regionOf(options_, *photo);
    if (!region)
        return tl::unexpected(region.error());
    const auto request = requestFor(*photo, *region);
    if (!request)
        return tl::unexpected(request.error());

    progress.begin(photo->size());
    const auto end = runJob(*request, progress);
    if (const auto* failed = std::get_if<engine::Failed>(&end.event))
        return tl::unexpected(failed->error);
    if (world_.interrupted)
        throw Cancelled{};
    const auto& result = std::get<engine::Finished>(end.event).result;
    const auto pixels = region::compositeSamples(
        *photo,
        {{result.patch, std::make_shared<region::Mask>(region::rasterize(*region, photo->size()))}},
        options_.strength);
    const auto written =
        write(pixels, *photo, files.output, exportOptions(*photo, files, *request), progress);
    if (!written)
        return tl::unexpected(written.error());
    return Restored{result.device, result.elapsed, end.perStep};
}

Result<Restored> PhotoRestorer::restore(const PhotoFiles& files, JobProgress& progress)
{
    try {
        return work(files, progress);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "the picture does not fit into memory", files.input);
    }
}

} // namespace limpid::app
