// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/method_restorer.h"

#include "core/engine/job_context.h"
#include "core/engine/preview_mailbox.h"
#include "core/methods/method_registry.h"
#include "core/methods/tensor_image.h"

#include <memory>

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

} // namespace

Result<Restorer> restorerOfModel(const std::filesystem::path& weights, int steps,
                                 const std::map<std::string, double>& parameters)
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
    const auto complete = methods::completeParameters(entry->spec, steps, parameters);
    if (!complete)
        return tl::unexpected(complete.error());

    const std::shared_ptr<methods::RestorationMethod> method = std::move(*loaded);
    return Restorer([method, steps, complete = *complete](const torch::Tensor& blurred) {
        const methods::RestorationJob job{.image = methods::toImage(blurred),
                                          .region = std::nullopt,
                                          .steps = steps,
                                          .seed = 1,
                                          .parameters = complete};
        return restored(*method, job);
    });
}

} // namespace limpid::training
