// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/export_plan.h"

#include "ui/state/file_path.h"

#include <QDir>

namespace limpid::ui {

namespace {

namespace fs = std::filesystem;

QString endingOf(image::FileFormat format)
{
    switch (format) {
    case image::FileFormat::Jpeg: return QStringLiteral("jpg");
    case image::FileFormat::Png: return QStringLiteral("png");
    case image::FileFormat::Tiff: return QStringLiteral("tif");
    case image::FileFormat::WebP: return QStringLiteral("webp");
    case image::FileFormat::Heic:
    case image::FileFormat::Avif: break; // never written
    }
    return {};
}

// Also through links, other spellings, and names that differ in case alone.
bool isSameFile(const fs::path& a, const fs::path& b)
{
    std::error_code ignored;
    if (fs::equivalent(a, b, ignored))
        return true;
    const auto spelling = [&](const fs::path& path) {
        return toText(fs::weakly_canonical(path, ignored)).toCaseFolded();
    };
    return spelling(a) == spelling(b);
}

bool canHoldDeepSamples(image::FileFormat format)
{
    return format == image::FileFormat::Png || format == image::FileFormat::Tiff;
}

} // namespace

ExportPlan::ExportPlan(const image::Photo& photo)
    : photo_(photo), options_(image::defaultExportOptions(photo)),
      folder_(toText(fs::absolute(photo.path).parent_path()))
{
    proposeName();
}

void ExportPlan::proposeName()
{
    name_ = fileName(image::proposeTarget(photo_.path, options_.format));
}

void ExportPlan::adopt(image::FileFormat format)
{
    if (format == options_.format)
        return;
    options_.format = format;
    options_.depth = canHoldDeepSamples(format) ? photo_.original.depth() : image::SampleDepth::U8;
}

void ExportPlan::setFormat(image::FileFormat format)
{
    if (format == options_.format)
        return;
    adopt(format);
    if (!typed_) {
        proposeName();
        return;
    }
    if (image::formatFromExtension(toPath(name_)))
        name_.truncate(name_.lastIndexOf(u'.'));
    name_ += u'.' + endingOf(format);
}

void ExportPlan::setName(const QString& name)
{
    typed_ = true;
    name_ = name;
    if (const auto format = image::formatFromExtension(toPath(name)); format)
        adopt(*format);
}

fs::path ExportPlan::target() const
{
    QString name = name_.trimmed();
    if (!name.isEmpty() && !image::formatFromExtension(toPath(name)))
        name += u'.' + endingOf(options_.format);
    return toPath(folder_) / toPath(name);
}

ExportObstacle ExportPlan::obstacle() const
{
    if (name_.trimmed().isEmpty())
        return ExportObstacle::NoName;
    if (name_.contains(u'/') || name_.contains(QDir::separator()))
        return ExportObstacle::NameIsAPath;
    std::error_code ignored;
    if (!fs::is_directory(toPath(folder_), ignored))
        return ExportObstacle::FolderMissing;
    if (isSameFile(target(), photo_.path))
        return ExportObstacle::IsTheSource;
    return image::checkSides(photo_.original.size(), options_.format)
               ? ExportObstacle::None
               : ExportObstacle::TooLargeForFormat;
}

bool ExportPlan::targetExists() const
{
    std::error_code ignored;
    return fs::exists(fs::symlink_status(target(), ignored));
}

std::vector<image::ExportLoss> ExportPlan::losses() const
{
    return image::foreseeLosses(photo_, options_);
}

} // namespace limpid::ui
