// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace limpid::image {

/// To be called before anything of Exiv2's: it asks for a lock of ours, and shall print nothing.
/// May throw what Exiv2 throws. Any thread.
void prepareExiv2();

} // namespace limpid::image
