// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/photo_writer.h"

#include <QString>

#include <filesystem>
#include <vector>

namespace limpid::ui {

/// Why a plan cannot be carried out as it stands.
enum class ExportObstacle {
    None,
    NoName,
    NameIsAPath,
    FolderMissing,
    IsTheSource,
    TooLargeForFormat,
};

/// What the export dialog decides, without its widgets. Starts from a name beside the source that
/// does not exist yet, in the source's own format and depth.
class ExportPlan {
public:
    explicit ExportPlan(const image::Photo& photo);

    const image::ExportOptions& options() const { return options_; }
    /// Another format gives the name another ending, and proposes a fresh name unless the user
    /// typed one.
    void setFormat(image::FileFormat format);
    void setQuality(int quality) { options_.quality = quality; }
    void setDepth(image::SampleDepth depth) { options_.depth = depth; }
    void setMetadata(image::MetadataLevel level) { options_.metadata = level; }
    void setStatesAi(bool states) { options_.statesProvenance = states; }

    QString folder() const { return folder_; }
    void setFolder(const QString& folder) { folder_ = folder; }
    QString name() const { return name_; }
    /// As typed. An ending that names a format chooses that format.
    void setName(const QString& name);

    /// Folder and name; the format's ending is added where the name has none.
    std::filesystem::path target() const;
    ExportObstacle obstacle() const;
    bool targetExists() const;
    std::vector<image::ExportLoss> losses() const;

private:
    void proposeName();
    void adopt(image::FileFormat format);

    image::Photo photo_; // pixels are shared
    image::ExportOptions options_;
    QString folder_;
    QString name_;
    bool typed_ = false;
};

} // namespace limpid::ui
