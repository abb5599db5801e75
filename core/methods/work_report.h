// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace limpid::methods {

/// Told of each piece of work that is done, in pixels that the networks have looked at. May be
/// empty.
using WorkReport = std::function<void(double pixels)>;

} // namespace limpid::methods
