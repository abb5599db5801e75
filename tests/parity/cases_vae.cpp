// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/parity_cases.h"

namespace limpid::parity {

namespace {

void checkEncoding(ParitySet& set, ParityReport& report, const std::string& row)
{
    auto& golden = set.tensors("golden/vae.safetensors");
    auto& vae = set.model()->vae;
    const auto image = golden.at(row + ".in.image");
    const auto distribution = vae->encode(image);
    report.compare(golden, row + ".out.moments", vae->moments(image));
    report.compare(golden, row + ".out.mean", distribution.mean);
    report.compare(golden, row + ".out.logvar", distribution.logVariance);
    report.compare(golden, row + ".out.mode_scaled", vae->encodeMode(image));
    if (golden.has(row + ".in.noise"))
        report.compare(golden, row + ".out.sample_scaled",
                       vae->encodeSample(image, golden.at(row + ".in.noise")));
}

/// Compares where the set has such a tensor.
void tap(TensorFile& golden, ParityReport& report, const std::string& name,
         const torch::Tensor& value)
{
    if (golden.has(name))
        report.compare(golden, name, value);
}

torch::Tensor tapMiddle(TensorFile& golden, ParityReport& report, const std::string& prefix,
                        networks::AutoencoderMiddle& middle, torch::Tensor h)
{
    h = middle->first(h);
    tap(golden, report, prefix + "mid.block_1", h);
    h = middle->attention(h);
    tap(golden, report, prefix + "mid.attn_1", h);
    h = middle->second(h);
    tap(golden, report, prefix + "mid.block_2", h);
    return h;
}

void tapEncoder(ParitySet& set, ParityReport& report, const std::string& row)
{
    auto& golden = set.tensors("golden/vae.safetensors");
    auto& encoder = set.model()->vae->encoder;
    const auto prefix = row + ".tap.";
    auto h = encoder->in(golden.at(row + ".in.image"));
    tap(golden, report, prefix + "conv_in", h);
    for (std::size_t i = 0; i < encoder->levels.size(); ++i) {
        h = encoder->levels[i](h);
        tap(golden, report, prefix + "down." + std::to_string(i), h);
    }
    h = tapMiddle(golden, report, prefix, encoder->middle, h);
    tap(golden, report, prefix + "encoder", encoder->out(torch::silu(encoder->outNorm(h))));
}

void tapDecoder(ParitySet& set, ParityReport& report, const std::string& row)
{
    auto& golden = set.tensors("golden/vae.safetensors");
    auto& vae = set.model()->vae;
    auto& decoder = vae->decoder;
    const auto prefix = row + ".tap.";
    auto h = vae->postQuant(golden.at(row + ".in.z_scaled") / vae->latentScale());
    tap(golden, report, prefix + "post_quant_conv", h);
    h = decoder->in(h);
    tap(golden, report, prefix + "conv_in", h);
    h = tapMiddle(golden, report, prefix, decoder->middle, h);
    for (std::size_t i = decoder->levels.size(); i-- > 0;) {
        h = decoder->levels[i](h);
        tap(golden, report, prefix + "up." + std::to_string(i), h);
    }
}

void checkDistribution(TensorFile& golden, ParityReport& report)
{
    for (const auto& row : golden.rowsWith("in.moments")) {
        const auto gaussian = nn::DiagonalGaussian::fromMoments(golden.at(row + "in.moments"));
        report.compare(golden, row + "out.mean", gaussian.mean);
        report.compare(golden, row + "out.logvar", gaussian.logVariance);
        report.compare(golden, row + "out.std", gaussian.standardDeviation());
    }
}

} // namespace

void checkVae(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/vae.safetensors");
    for (const auto& name : golden.names()) {
        const auto row = name.substr(0, name.find('.'));
        if (name.ends_with(".in.image")) {
            checkEncoding(set, report, row);
            if (!golden.names(row + ".tap.").empty())
                tapEncoder(set, report, row);
        }
        if (name.ends_with(".in.z_scaled")) {
            report.compare(golden, row + ".out.image", set.model()->vae->decode(golden.at(name)));
            if (!golden.names(row + ".tap.").empty())
                tapDecoder(set, report, row);
        }
    }
    checkDistribution(golden, report);
}

} // namespace limpid::parity
