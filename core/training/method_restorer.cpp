// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/method_restorer.h"

#include "core/engine/job_context.h"
#include "core/engine/preview_mailbox.h"
#include "core/methods/coarse_changes.h"
#include "core/methods/method_registry.h"
#include "core/methods/proposals.h"
#include "core/methods/tensor_image.h"

#include <map>
#include <memory>
#include <string>

namespace limpid::training {

namespace {

class SilentSink : public engine::EventSink {
public:
    void onEvent(const engine::Event&) noexcept override {}
};

torch::Tensor restored(methods::RestorationMethod& method, const methods::RestorationJob& job)
{
    SilentSink sink;
    engine::PreviewMailbox mailbox(std::chrono::hours(1));
    engine::JobContext context(engine::JobId{1}, {}, sink, mailbox);
    const auto patch = method.restore(job, context, {});
    return methods::toTensor(patch.pixels, wholeOf(patch.pixels.size()));
}

/// A file names its method as its architecture.
std::string methodOf(const checkpoint::SafetensorsFile& file)
{
    const auto& metadata = file.index().metadata;
    const auto named = metadata.find("architecture");
    return named == metadata.end() ? std::string() : named->second;
}

/// A method with the parameters of its jobs.
struct Loaded {
    std::shared_ptr<methods::RestorationMethod> method;
    std::map<std::string, double> parameters;

    methods::RestorationJob jobFor(const torch::Tensor& blurred, int steps) const
    {
        return {.image = methods::toImage(blurred),
                .region = std::nullopt,
                .steps = steps,
                .seed = 1,
                .parameters = parameters};
    }
};

Result<Loaded> loadedFrom(const std::filesystem::path& weights, int steps)
{
    const auto file = checkpoint::SafetensorsFile::open(weights);
    if (!file)
        return tl::unexpected(file.error());
    const auto entry = methods::findMethod(methodOf(*file));
    if (!entry)
        return tl::unexpected(entry.error());
    auto loaded = entry->load(*file, {});
    if (!loaded)
        return tl::unexpected(loaded.error());
    const auto complete = methods::completeParameters(entry->spec, steps, {});
    if (!complete)
        return tl::unexpected(complete.error());
    return Loaded{.method = std::move(*loaded), .parameters = *complete};
}

} // namespace

Result<Restorer> restorerOfModel(const std::filesystem::path& weights, int steps)
{
    const auto loaded = loadedFrom(weights, steps);
    if (!loaded)
        return tl::unexpected(loaded.error());
    return Restorer([loaded = *loaded, steps](const torch::Tensor& blurred) {
        return restored(*loaded.method, loaded.jobFor(blurred, steps));
    });
}

Result<Proposer> proposerOfModel(const std::filesystem::path& weights,
                                 const networks::SharpnessGateConfig& gate)
{
    const auto loaded = loadedFrom(weights, 1);
    if (!loaded)
        return tl::unexpected(loaded.error());
    return Proposer([loaded = *loaded, gate](const torch::Tensor& blurred) {
        const auto job = loaded.jobFor(blurred, 1);
        const auto answer = [&](const torch::Tensor& reduced) {
            return loaded.method->regress(reduced, {});
        };
        auto changes = methods::proposalsFor(job, wholeOf(job.image.size()), gate,
                                             {.answer = answer, .settings = {}, .token = {}});
        for (auto& change : changes)
            change = methods::atFullSize(change, blurred.size(3) / change.size(3));
        return changes;
    });
}

} // namespace limpid::training
