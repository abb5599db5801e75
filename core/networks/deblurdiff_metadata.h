// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/networks/deblurdiff_config.h"

#include <map>
#include <string>

namespace limpid::networks {

/// The configuration as string metadata of a safetensors file, with "architecture" = "deblurdiff".
std::map<std::string, std::string> toMetadata(const DeblurDiffConfig& config);

/// And back. A missing "form" is the published one. A file without any of these keys is taken for
/// the published one; loading its weights then tells by names and shapes. ModelMismatch when a key
/// is missing, not a number, out of a sane range, or when the numbers do not fit one another.
[[nodiscard]] Result<DeblurDiffConfig>
deblurDiffConfigFromMetadata(const std::map<std::string, std::string>& metadata);

} // namespace limpid::networks
