// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/event.h"
#include "core/image/photo_writer.h"

#include <QString>

#include <chrono>

namespace limpid::ui {

/// "JPEG", "PNG", …: not translated.
QString formatName(image::FileFormat format);

/// One sentence on what an export cannot keep.
QString lossText(image::ExportLoss loss);

/// A level's name, and one sentence on what goes with the file.
QString metadataName(image::MetadataLevel level);
QString metadataText(image::MetadataLevel level);

QString stageText(engine::Stage stage);
QString degradationText(engine::Degradation what);

/// "4000 × 3000, 12.0 megapixels"
QString sizeText(Size size);

/// A duration as a person says it: "under a second", "12 s", "3 min 20 s".
QString durationText(std::chrono::milliseconds duration);

/// "CPU", "GPU 0": a device id as the core names it, for people.
QString deviceText(const std::string& device);

} // namespace limpid::ui
