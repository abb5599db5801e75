// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/attention.h"

#include "core/nn/register_at.h"

namespace limpid::nn {

torch::Tensor splitHeads(const torch::Tensor& x, std::int64_t width)
{
    return x.view({x.size(0), x.size(1), -1, width}).transpose(1, 2);
}

torch::Tensor joinHeads(const torch::Tensor& x)
{
    return x.transpose(1, 2).flatten(2);
}

AttentionImpl::AttentionImpl(const AttentionOptions& options)
    : headChannels_(options.headChannels),
      query_(register_module("to_q", Linear(options.channels, options.channels, false))),
      key_(register_module("to_k", Linear(options.contextChannels, options.channels, false))),
      value_(register_module("to_v", Linear(options.contextChannels, options.channels, false))),
      out_(registerAt(*this, "to_out.0", Linear(options.channels, options.channels)))
{
    TORCH_CHECK(options.channels % options.headChannels == 0, "want heads of ",
                options.headChannels, " channels, got ", options.channels, " in all");
}

torch::Tensor AttentionImpl::forward(const torch::Tensor& x, const torch::Tensor& context)
{
    const auto answer = torch::scaled_dot_product_attention(
        splitHeads(query_(x), headChannels_), splitHeads(key_(context), headChannels_),
        splitHeads(value_(context), headChannels_));
    return out_(joinHeads(answer));
}

} // namespace limpid::nn
