// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <filesystem>

namespace limpid::ui {

/// File names cross between Qt and the core here alone. Bytes that are not UTF-8 survive in a
/// path that never became a QString; in a QString they are shown as replacement characters.
QString toText(const std::filesystem::path& path);
std::filesystem::path toPath(const QString& text);

/// The last component, for titles and messages.
QString fileName(const std::filesystem::path& path);

} // namespace limpid::ui
