// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/error_text.h"
#include "ui/state/model_store.h"

namespace limpid::ui {

/// "3.4 GB": of files and memory.
QString byteText(std::uint64_t bytes);

/// "Installed", "File is missing", …
QString stateText(checkpoint::ModelState state);

QString importStageText(checkpoint::ImportStage stage);

/// What the weights of a model take in memory; empty when that is not known.
QString memoryText(const checkpoint::CatalogEntry& entry);

/// What a person reads when a file of weights was imported.
QString importedText(const checkpoint::ImportReport& report);

/// What a person reads when a file of weights could not be imported. What the file is instead,
/// where the core knows it, stands in the reason.
ErrorText describeImport(const Error& error);

} // namespace limpid::ui
