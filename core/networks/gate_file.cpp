// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/gate_file.h"

#include "core/checkpoint/safetensors_writer.h"
#include "core/networks/load_weights.h"
#include "core/networks/metadata_reader.h"

namespace limpid::networks {

namespace {

const std::string prefix = "gate.";
const std::string channels = prefix + "channels";
const std::string blocks = prefix + "blocks";
const std::string scene = prefix + "scene";                      // absent: 0
const std::string scales = prefix + "scales";                    // absent: 1
const std::string deconvolved = prefix + "deconvolved";          // absent: 0
const std::string refined = prefix + "refined";                  // absent: 0
const std::string octaveAgreement = prefix + "octave_agreement"; // absent: 0

SharpnessGateConfig configOf(const Metadata& metadata)
{
    constexpr NumberRange width{1, 256};
    constexpr NumberRange depth{0, 16};
    constexpr NumberRange octaves{1, 3};
    const MetadataReader reader(metadata);
    const SharpnessGateConfig config{
        .channels = reader.number(channels, width),
        .blocks = reader.number(blocks, depth),
        .scene = metadata.contains(scene) && reader.flag(scene),
        .scales = metadata.contains(scales) ? reader.number(scales, octaves) : 1,
        .deconvolved = metadata.contains(deconvolved) && reader.flag(deconvolved),
        .refined = metadata.contains(refined) && reader.flag(refined),
        .octaveAgreement = metadata.contains(octaveAgreement) && reader.flag(octaveAgreement)};
    reader.require(!config.deconvolved || config.scales > 1, deconvolved, "needs two scales");
    reader.require(!config.refined || config.deconvolved, refined, "needs a deconvolved one");
    return config;
}

bool isOfGate(const std::string& name)
{
    return name.starts_with(prefix);
}

/// The gate's tensors by their names in the file, fp32; they own the bytes that are written.
std::map<std::string, torch::Tensor> tensorsOf(const SharpnessGate& gate)
{
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& item : gate->named_parameters())
        tensors.emplace(prefix + item.key(), item.value().detach().to(torch::kCPU).contiguous());
    for (const auto& item : gate->named_buffers())
        tensors.emplace(prefix + item.key(), item.value().to(torch::kCPU).contiguous());
    return tensors;
}

Metadata ungatedMetadata(const checkpoint::SafetensorsFile& model)
{
    auto metadata = model.index().metadata;
    std::erase_if(metadata, [](const auto& item) { return isOfGate(item.first); });
    return metadata;
}

/// Writes the tensors of a model file without its gate, and those of `gate`, in the order of their
/// names. One of the model's at a time is in memory.
Result<void> writeRest(const checkpoint::SafetensorsFile& model,
                       const std::map<std::string, torch::Tensor>& gate, const Metadata& metadata,
                       const std::filesystem::path& target)
{
    const auto rest = withoutGate(model.index()).tensors;
    std::map<std::string, checkpoint::TensorPlan> planned;
    for (const auto& [name, entry] : rest)
        planned[name] = {.name = name, .dtype = entry.dtype, .shape = entry.shape};
    for (const auto& [name, tensor] : gate)
        planned.try_emplace(name, checkpoint::TensorPlan{.name = name,
                                                         .dtype = bytesOf(tensor).dtype,
                                                         .shape = tensor.sizes().vec()});
    std::vector<checkpoint::TensorPlan> plans;
    for (auto& [name, plan] : planned)
        plans.push_back(std::move(plan));
    std::vector<std::byte> latest;
    const auto source =
        [&](const checkpoint::TensorPlan& plan) -> Result<std::span<const std::byte>> {
        const auto found = rest.find(plan.name);
        if (found == rest.end())
            return bytesOf(gate.at(plan.name)).bytes;
        latest.resize(static_cast<std::size_t>(found->second.bytes));
        if (const auto read = model.read(found->second, latest); !read)
            return tl::unexpected(read.error());
        return latest;
    };
    const auto written =
        checkpoint::writeSafetensors(target, plans, source, {.metadata = metadata});
    if (!written)
        return tl::unexpected(written.error());
    return {};
}

} // namespace

Result<SharpnessGate> loadGate(const checkpoint::SafetensorsFile& model, const CancelToken& token)
{
    const auto& metadata = model.index().metadata;
    if (!metadata.contains(channels))
        return SharpnessGate(nullptr);
    try {
        return loadNetwork<SharpnessGate>(model, torch::device(torch::kCPU), token,
                                          {.prefix = prefix}, configOf(metadata));
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

checkpoint::TensorIndex withoutGate(const checkpoint::TensorIndex& index)
{
    auto rest = index;
    if (index.metadata.contains(channels))
        std::erase_if(rest.tensors, [](const auto& item) { return isOfGate(item.first); });
    return rest;
}

Result<void> loadBesideGate(torch::nn::Module& networks, const checkpoint::SafetensorsFile& model,
                            const CancelToken& token)
{
    const auto report = compareWeights(networks, withoutGate(model.index()));
    if (auto exact = requireExact(report); !exact)
        return exact;
    if (const auto loaded = loadWeights(networks, model, token, {.strict = false}); !loaded)
        return tl::unexpected(loaded.error());
    return {};
}

Result<void> writeWithGate(const checkpoint::SafetensorsFile& model, const SharpnessGate& gate,
                           const std::filesystem::path& target)
{
    auto metadata = ungatedMetadata(model);
    metadata[channels] = std::to_string(gate->config().channels);
    metadata[blocks] = std::to_string(gate->config().blocks);
    metadata[scene] = gate->config().scene ? "1" : "0";
    metadata[scales] = std::to_string(gate->config().scales);
    metadata[deconvolved] = gate->config().deconvolved ? "1" : "0";
    metadata[refined] = gate->config().refined ? "1" : "0";
    metadata[octaveAgreement] = gate->config().octaveAgreement ? "1" : "0";
    return writeRest(model, tensorsOf(gate), metadata, target);
}

Result<void> writeWithoutGate(const checkpoint::SafetensorsFile& model,
                              const std::filesystem::path& target)
{
    return writeRest(model, {}, ungatedMetadata(model), target);
}

} // namespace limpid::networks
