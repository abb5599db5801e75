// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/autoencoder_block.h"
#include "core/nn/resample_layers.h"
#include "core/nn/timed_sequence.h"
#include "tests/parity/parity_cases.h"

#include <algorithm>
#include <functional>

namespace limpid::parity {

namespace {

struct Inputs {
    torch::Tensor embedding;
    torch::Tensor context;
};

/// What computes the tensors whose name begins with `kind`, given the path in the name.
struct BlockKind {
    std::string kind;
    std::function<torch::Tensor(ParitySet&, const std::string& path, const torch::Tensor& x,
                                const Inputs& inputs)>
        apply;
};

/// Paths are the U-Net's unless they begin with the name of another network.
std::string moduleName(ParitySet& set, const std::string& path)
{
    return set.hasModule("unet." + path) ? "unet." + path : path;
}

template<class Module>
torch::Tensor plain(ParitySet& set, const std::string& path, const torch::Tensor& x, const Inputs&)
{
    return set.module<Module>(moduleName(set, path)).forward(x);
}

torch::Tensor residual(ParitySet& set, const std::string& path, const torch::Tensor& x,
                       const Inputs& inputs)
{
    return set.module<nn::ResidualBlockImpl>(moduleName(set, path)).forward(x, inputs.embedding);
}

template<class Module>
torch::Tensor withContext(ParitySet& set, const std::string& path, const torch::Tensor& x,
                          const Inputs& inputs)
{
    return set.module<Module>(moduleName(set, path)).forward(x, inputs.context);
}

/// "vae.encoder.mid.attn_1": the class is told by the path.
torch::Tensor autoencoderBlock(ParitySet& set, const std::string& path, const torch::Tensor& x,
                               const Inputs&)
{
    const auto full = "vae." + path;
    if (path.ends_with(".downsample"))
        return set.module<nn::DownsampleImpl>(full).forward(x);
    if (path.ends_with(".upsample"))
        return set.module<nn::UpsampleImpl>(full).forward(x);
    if (path.find(".attn_") != std::string::npos)
        return set.module<nn::PixelAttentionImpl>(full).forward(x);
    return set.module<nn::AutoencoderBlockImpl>(full).forward(x);
}

const std::vector<BlockKind>& blockKinds()
{
    static const std::vector<BlockKind> kinds{
        {"resblock", residual},
        {"spatialtransformer", withContext<nn::SpatialTransformerImpl>},
        {"transformerblock", withContext<nn::TransformerBlockImpl>},
        {"downsample", plain<nn::DownsampleImpl>},
        {"upsample", plain<nn::UpsampleImpl>},
        {"vae", autoencoderBlock},
    };
    return kinds;
}

/// "KIND.PATH.in" → "KIND.PATH.out", and the same for in0, in1. "KIND_small_input" and the like are
/// of that kind.
void checkKind(ParitySet& set, ParityReport& report, const BlockKind& kind, const Inputs& inputs)
{
    auto& golden = set.tensors("golden/blocks.safetensors");
    for (const auto& name : golden.names(kind.kind)) {
        const auto start = name.find('.');
        const auto dot = name.rfind('.');
        const auto last = name.substr(dot + 1);
        if (name.substr(0, std::min(start, name.find('_'))) != kind.kind || start == dot ||
            !last.starts_with("in"))
            continue;
        const auto path = name.substr(start + 1, dot - start - 1);
        report.compare(golden, name.substr(0, dot) + ".out" + last.substr(2),
                       kind.apply(set, path, golden.at(name), inputs));
    }
}

/// Sub-layers of a transformer block, applied to that block's input.
void checkSublayers(ParitySet& set, ParityReport& report, const Inputs& inputs)
{
    auto& golden = set.tensors("golden/blocks.safetensors");
    const auto each = [&](const std::string& kind, auto compute) {
        for (const auto& name : golden.names(kind)) {
            const auto start = name.find('.');
            const auto path = name.substr(start + 1, name.rfind('.') - start - 1);
            const auto given = "transformerblock" + name.substr(kind.size(), start - kind.size()) +
                               "." + path.substr(0, path.rfind('.')) + ".in";
            report.compare(golden, name, compute(moduleName(set, path), golden.at(given)));
        }
    };
    each("selfattention", [&](const std::string& path, const torch::Tensor& x) {
        return set.module<nn::AttentionImpl>(path).forward(x, x);
    });
    each("crossattention", [&](const std::string& path, const torch::Tensor& x) {
        return set.module<nn::AttentionImpl>(path).forward(x, inputs.context);
    });
    each("feedforward", [&](const std::string& path, const torch::Tensor& x) {
        return set.module<nn::GatedFeedForwardImpl>(path).forward(x);
    });
}

/// Spatial transformers with windows smaller than the map.
void checkWindowed(ParitySet& set, ParityReport& report, const Inputs& inputs)
{
    constexpr std::string_view ending = ".kernel_size";
    auto& golden = set.tensors("golden/blocks.safetensors");
    for (const auto& name : golden.names("windowed.")) {
        if (!name.ends_with(ending))
            continue;
        const auto row = name.substr(0, name.size() - ending.size());
        const auto side = golden.at(name);
        const nn::WindowSize window{side[0].item<std::int64_t>(), side[1].item<std::int64_t>()};
        const auto x = golden.at(row + ".in");
        std::vector<std::int64_t> origins;
        for (const auto& [y, left] : nn::attentionWindows({x.size(2), x.size(3)}, window).origins)
            origins.insert(origins.end(), {y, left});
        report.compare(golden, row + ".origins", torch::tensor(origins).view({-1, 2}));
        auto& transformer =
            set.module<nn::SpatialTransformerImpl>(moduleName(set, row.substr(row.find('.') + 1)));
        report.compare(golden, row + ".out",
                       transformer.forwardWithWindow(x, inputs.context, window));
    }
}

} // namespace

void checkBlocks(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/blocks.safetensors");
    const Inputs inputs{golden.at("in.emb"), golden.at("in.context")};
    report.compare(golden, "in.emb", set.model()->unet->embed(golden.at("in.timestep")));
    for (const auto& kind : blockKinds())
        checkKind(set, report, kind, inputs);
    checkSublayers(set, report, inputs);
    checkWindowed(set, report, inputs);
}

} // namespace limpid::parity
