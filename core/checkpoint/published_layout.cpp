// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/published_layout.h"

#include <algorithm>

namespace limpid::checkpoint {
namespace {

/// Collects the tensors of layers; a prefix is the path of a module, without a dot at its end.
class LayoutWriter {
public:
    TensorShapes shapes;

    void norm(const std::string& prefix, std::int64_t channels)
    {
        add(prefix, {channels}, channels);
    }

    void linear(const std::string& prefix, std::int64_t out, std::int64_t in)
    {
        add(prefix, {out, in}, out);
    }

    void matrix(const std::string& name, std::int64_t rows, std::int64_t columns)
    {
        shapes[name] = {rows, columns};
    }

    void conv(const std::string& prefix, std::int64_t out, std::int64_t in, std::int64_t side = 3)
    {
        add(prefix, {out, in, side, side}, out);
    }

private:
    void add(const std::string& prefix, std::vector<std::int64_t> weight, std::int64_t out)
    {
        shapes[prefix + ".weight"] = std::move(weight);
        shapes[prefix + ".bias"] = {out};
    }
};

std::string numbered(const std::string& prefix, std::size_t index)
{
    return prefix + "." + std::to_string(index);
}

class UnetWriter {
public:
    UnetWriter(LayoutWriter& writer, std::string prefix, const UnetLayout& layout)
        : writer_(writer), prefix_(std::move(prefix)), layout_(layout),
          embedding_(4 * layout.modelChannels), channels_(layout.modelChannels)
    {}

    void encoder()
    {
        writer_.linear(prefix_ + ".time_embed.0", embedding_, layout_.modelChannels);
        writer_.linear(prefix_ + ".time_embed.2", embedding_, embedding_);
        writer_.conv(inputName() + ".0", channels_, layout_.inChannels);
        skips_.push_back(channels_);
        for (std::size_t level = 0; level < layout_.multipliers.size(); ++level) {
            for (std::int64_t block = 0; block < layout_.residualBlocks; ++block) {
                stage(inputName(), widthOf(level), level);
                skips_.push_back(channels_);
            }
            if (level + 1 < layout_.multipliers.size()) {
                writer_.conv(inputName() + ".0.op", channels_, channels_);
                skips_.push_back(channels_);
            }
        }
        const std::string middle = prefix_ + ".middle_block";
        residual(middle + ".0", channels_);
        transformer(middle + ".1");
        residual(middle + ".2", channels_);
    }

    void decoder()
    {
        std::size_t output = 0;
        for (std::size_t level = layout_.multipliers.size(); level-- > 0;) {
            for (std::int64_t block = 0; block <= layout_.residualBlocks; ++block) {
                const std::string name = numbered(prefix_ + ".output_blocks", output++);
                channels_ += skips_.back();
                skips_.pop_back();
                const std::size_t parts = stage(name, widthOf(level), level);
                if (level > 0 && block == layout_.residualBlocks)
                    writer_.conv(numbered(name, parts) + ".conv", channels_, channels_);
            }
        }
        writer_.norm(prefix_ + ".out.0", channels_);
        writer_.conv(prefix_ + ".out.2", layout_.outChannels, layout_.modelChannels);
    }

    void zeroConvolutions()
    {
        for (std::size_t i = 0; i < skips_.size(); ++i)
            writer_.conv(numbered(prefix_ + ".zero_convs", i) + ".0", skips_[i], skips_[i], 1);
        writer_.conv(prefix_ + ".middle_block_out.0", channels_, channels_, 1);
    }

private:
    std::int64_t widthOf(std::size_t level) const
    {
        return layout_.modelChannels * layout_.multipliers[level];
    }

    std::string inputName() const { return numbered(prefix_ + ".input_blocks", skips_.size()); }

    /// A residual block, with attention where the level has it. Returns its number of parts.
    std::size_t stage(const std::string& name, std::int64_t width, std::size_t level)
    {
        residual(name + ".0", width);
        const auto& factors = layout_.attentionFactors;
        const auto factor = std::int64_t{1} << level;
        if (std::find(factors.begin(), factors.end(), factor) == factors.end())
            return 1;
        transformer(name + ".1");
        return 2;
    }

    void residual(const std::string& name, std::int64_t width)
    {
        writer_.norm(name + ".in_layers.0", channels_);
        writer_.conv(name + ".in_layers.2", width, channels_);
        writer_.linear(name + ".emb_layers.1", width, embedding_);
        writer_.norm(name + ".out_layers.0", width);
        writer_.conv(name + ".out_layers.3", width, width);
        if (width != channels_)
            writer_.conv(name + ".skip_connection", width, channels_, 1);
        channels_ = width;
    }

    void attention(const std::string& name, std::int64_t keys)
    {
        writer_.matrix(name + ".to_q.weight", channels_, channels_);
        writer_.matrix(name + ".to_k.weight", channels_, keys);
        writer_.matrix(name + ".to_v.weight", channels_, keys);
        writer_.linear(name + ".to_out.0", channels_, channels_);
    }

    void transformer(const std::string& name)
    {
        const std::string block = name + ".transformer_blocks.0";
        writer_.norm(name + ".norm", channels_);
        writer_.linear(name + ".proj_in", channels_, channels_);
        attention(block + ".attn1", channels_);
        attention(block + ".attn2", layout_.contextChannels);
        writer_.linear(block + ".ff.net.0.proj", 8 * channels_, channels_); // gated: twice 4
        writer_.linear(block + ".ff.net.2", channels_, 4 * channels_);
        for (const char* norm : {".norm1", ".norm2", ".norm3"})
            writer_.norm(block + norm, channels_);
        writer_.linear(name + ".proj_out", channels_, channels_);
    }

    LayoutWriter& writer_;
    std::string prefix_;
    const UnetLayout& layout_;
    std::int64_t embedding_;
    std::int64_t channels_;           ///< Of the map after the last block.
    std::vector<std::int64_t> skips_; ///< Widths of the input blocks' maps.
};

class AutoencoderWriter {
public:
    AutoencoderWriter(LayoutWriter& writer, std::string prefix, const AutoencoderLayout& layout)
        : writer_(writer), prefix_(std::move(prefix)), layout_(layout), channels_(layout.channels)
    {}

    void encoder()
    {
        const std::string name = prefix_ + ".encoder";
        writer_.conv(name + ".conv_in", channels_, 3);
        for (std::size_t level = 0; level < layout_.multipliers.size(); ++level) {
            const std::string down = numbered(name + ".down", level);
            blocks(down, level, layout_.residualBlocks);
            if (level + 1 < layout_.multipliers.size())
                writer_.conv(down + ".downsample.conv", channels_, channels_);
        }
        middle(name + ".mid");
        writer_.norm(name + ".norm_out", channels_);
        writer_.conv(name + ".conv_out", 2 * layout_.zChannels, channels_);
        writer_.conv(prefix_ + ".quant_conv", 2 * layout_.embedChannels, 2 * layout_.zChannels, 1);
    }

    /// After the encoder: it begins at its width.
    void decoder()
    {
        const std::string name = prefix_ + ".decoder";
        writer_.conv(prefix_ + ".post_quant_conv", layout_.zChannels, layout_.embedChannels, 1);
        writer_.conv(name + ".conv_in", channels_, layout_.zChannels);
        middle(name + ".mid");
        for (std::size_t level = layout_.multipliers.size(); level-- > 0;) {
            const std::string up = numbered(name + ".up", level);
            blocks(up, level, layout_.residualBlocks + 1);
            if (level > 0)
                writer_.conv(up + ".upsample.conv", channels_, channels_);
        }
        writer_.norm(name + ".norm_out", channels_);
        writer_.conv(name + ".conv_out", 3, channels_);
    }

private:
    void blocks(const std::string& name, std::size_t level, std::int64_t count)
    {
        for (std::int64_t block = 0; block < count; ++block)
            residual(numbered(name + ".block", static_cast<std::size_t>(block)),
                     layout_.channels * layout_.multipliers[level]);
    }

    void residual(const std::string& name, std::int64_t width)
    {
        writer_.norm(name + ".norm1", channels_);
        writer_.conv(name + ".conv1", width, channels_);
        writer_.norm(name + ".norm2", width);
        writer_.conv(name + ".conv2", width, width);
        if (width != channels_)
            writer_.conv(name + ".nin_shortcut", width, channels_, 1);
        channels_ = width;
    }

    void middle(const std::string& name)
    {
        residual(name + ".block_1", channels_);
        writer_.norm(name + ".attn_1.norm", channels_);
        for (const char* part : {".attn_1.q", ".attn_1.k", ".attn_1.v", ".attn_1.proj_out"})
            writer_.conv(name + part, channels_, channels_, 1);
        residual(name + ".block_2", channels_);
    }

    LayoutWriter& writer_;
    std::string prefix_;
    const AutoencoderLayout& layout_;
    std::int64_t channels_;
};

void writeText(LayoutWriter& writer, const TextLayout& layout)
{
    const std::string prefix = "clip.model";
    const auto width = layout.width;
    writer.matrix(prefix + ".positional_embedding", layout.positions, width);
    writer.matrix(prefix + ".text_projection", width, layout.projection);
    writer.matrix(prefix + ".token_embedding.weight", layout.vocabulary, width);
    writer.shapes[prefix + ".logit_scale"] = {};
    writer.norm(prefix + ".ln_final", width);
    for (std::int64_t layer = 0; layer < layout.layers; ++layer) {
        const std::string block =
            numbered(prefix + ".transformer.resblocks", static_cast<std::size_t>(layer));
        writer.norm(block + ".ln_1", width);
        writer.norm(block + ".ln_2", width);
        writer.matrix(block + ".attn.in_proj_weight", 3 * width, width);
        writer.shapes[block + ".attn.in_proj_bias"] = {3 * width};
        writer.linear(block + ".attn.out_proj", width, width);
        writer.linear(block + ".mlp.c_fc", 4 * width, width);
        writer.linear(block + ".mlp.c_proj", width, 4 * width);
    }
}

} // namespace

TensorShapes tensorShapes(const DeblurDiffLayout& layout)
{
    LayoutWriter writer;
    for (const auto& [prefix, sizes] :
         {std::pair{"unet", &layout.unet}, {"kpn.unet", &layout.kernel}}) {
        UnetWriter unet(writer, prefix, *sizes);
        unet.encoder();
        unet.decoder();
    }
    UnetWriter control(writer, "controlnet", layout.control);
    control.encoder();
    control.zeroConvolutions();
    AutoencoderWriter autoencoder(writer, "vae", layout.autoencoder);
    autoencoder.encoder();
    autoencoder.decoder();
    writeText(writer, layout.text);
    return std::move(writer.shapes);
}

} // namespace limpid::checkpoint
