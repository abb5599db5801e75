// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/autocast_mode.h>

namespace limpid::nn {

/// bf16 autocast for a scope on this thread; does nothing when not asked for.
class Bf16Autocast {
public:
    Bf16Autocast(at::DeviceType device, bool wanted)
        : device_(device), before_(at::autocast::is_autocast_enabled(device))
    {
        if (wanted)
            at::autocast::set_autocast_dtype(device_, at::kBFloat16);
        at::autocast::set_autocast_enabled(device_, wanted);
    }

    ~Bf16Autocast()
    {
        at::autocast::clear_cache();
        at::autocast::set_autocast_enabled(device_, before_);
    }

    Bf16Autocast(const Bf16Autocast&) = delete;
    Bf16Autocast& operator=(const Bf16Autocast&) = delete;

private:
    at::DeviceType device_;
    bool before_;
};

/// Leaves the types of a scope's operations to its tensors: autocast would raise some of them to
/// fp32 on a GPU, normalizations among them, whose sums are fp32 there anyway.
class WithoutAutocast {
    c10::impl::ExcludeDispatchKeyGuard guard_{c10::autocast_dispatch_keyset};
};

} // namespace limpid::nn
