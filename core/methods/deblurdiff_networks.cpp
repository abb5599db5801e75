// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff_networks.h"

#include "core/networks/gate_file.h"
#include "core/nn/memory_format.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace limpid::methods {

namespace {

using networks::AutoencoderKl;
using networks::StepNetworks;

/// The released checkpoint has seven times as much in fp32, which the memory that a processor
/// shares with everything else cannot hold at once; compact models have a tenth.
constexpr std::uint64_t largeBytes = std::uint64_t{1} << 30;

/// glibc keeps freed blocks for itself: gigabytes, after a group of networks.
void returnFreedMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

/// From here on large blocks go back to the system as soon as they are freed, instead of leaving
/// holes among the weights: 7 % less memory at the peak, for about a tenth of the speed.
void returnLargeBlocksAtOnce()
{
#ifdef __GLIBC__
    constexpr int large = 512 * 1024;
    mallopt(M_MMAP_THRESHOLD, large);
#endif
}

} // namespace

DeblurDiffNetworks::DeblurDiffNetworks(checkpoint::SafetensorsFile file,
                                       networks::DeblurDiffConfig config)
    : file_(std::move(file)), config_(std::move(config))
{}

bool DeblurDiffNetworks::isLarge() const
{
    return checkpoint::elementCount(file_.index()) * sizeof(float) > largeBytes;
}

bool DeblurDiffNetworks::takesTurns() const
{
    return device_.is_cpu() && isLarge();
}

void DeblurDiffNetworks::place(const torch::Device& device, bool bf16)
{
    const auto type = bf16 ? torch::kBFloat16 : torch::kFloat32;
    if (device.is_cpu() && isLarge())
        returnLargeBlocksAtOnce();
    if (device == device_ && type == stepType_)
        return;
    letGoOfStep();
    stepType_ = type;
    if (device == device_ && !config_.autoencoder.skips)
        return;
    letGoOfAutoencoder();
    device_ = device;
}

void DeblurDiffNetworks::letGoOfAutoencoder()
{
    autoencoder_ = nullptr;
    returnFreedMemory();
}

void DeblurDiffNetworks::letGoOfStep()
{
    step_.reset();
    returnFreedMemory();
}

template<class Holder, class... Arguments>
Holder DeblurDiffNetworks::load(const char* prefix, torch::ScalarType type,
                                const CancelToken& token, const Arguments&... arguments) const
{
    auto network = networks::loadNetwork<Holder>(file_, torch::device(device_).dtype(type), token,
                                                 {.prefix = prefix}, arguments...);
    if (!network)
        throw Failure(network.error());
    // Norms over the channels of a pixel compute in that order, too; those over space do not.
    if (config_.unet.norm == nn::NormKind::ChannelPerPixel)
        nn::layOutChannelsLast(**network);
    return *network;
}

torch::Tensor DeblurDiffNetworks::context(const std::vector<std::int64_t>& tokens,
                                          const CancelToken& token)
{
    if (!config_.text)
        return {};
    auto& known = contexts_[tokens];
    if (!known.defined()) {
        if (takesTurns()) {
            letGoOfAutoencoder();
            letGoOfStep();
        }
        auto encoder = load<networks::TextEncoder>("clip.", torch::kFloat32, token, *config_.text);
        token.throwIfRequested();
        const auto ids = torch::tensor(tokens, torch::kInt64).unsqueeze(0);
        known = encoder->forward(ids.to(device_)).to(torch::kCPU);
        encoder = nullptr;
        returnFreedMemory();
    }
    return known.to(device_, stepType_);
}

AutoencoderKl DeblurDiffNetworks::autoencoder(const CancelToken& token)
{
    if (autoencoder_)
        return autoencoder_;
    if (takesTurns())
        letGoOfStep();
    const auto type = config_.autoencoder.skips ? stepType_ : torch::kFloat32;
    autoencoder_ =
        load<AutoencoderKl>("vae.", type, token, config_.autoencoder, config_.latentScale);
    return autoencoder_;
}

StepNetworks& DeblurDiffNetworks::step(const CancelToken& token)
{
    if (step_)
        return *step_;
    if (takesTurns())
        letGoOfAutoencoder();
    step_ = StepNetworks{
        .unet = load<networks::Unet>("unet.", stepType_, token, config_.unet),
        .kpn = load<networks::Lkpn>("kpn.", stepType_, token, networks::lkpnConfig(config_)),
        .controlnet = load<networks::ControlNet>("controlnet.", stepType_, token, config_.control,
                                                 config_.hintChannels)};
    return *step_;
}

networks::SharpnessGate DeblurDiffNetworks::gate(const CancelToken& token)
{
    if (!gate_) {
        auto loaded = networks::loadGate(file_, token);
        if (!loaded)
            throw Failure(loaded.error());
        gate_ = std::move(*loaded);
    }
    if (*gate_)
        (*gate_)->to(device_);
    return *gate_;
}

} // namespace limpid::methods
