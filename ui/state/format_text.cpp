// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/format_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace limpid::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FormatText)
};

} // namespace

QString formatName(image::FileFormat format)
{
    switch (format) {
    case image::FileFormat::Jpeg: return QStringLiteral("JPEG");
    case image::FileFormat::Png: return QStringLiteral("PNG");
    case image::FileFormat::Tiff: return QStringLiteral("TIFF");
    case image::FileFormat::WebP: return QStringLiteral("WebP");
    case image::FileFormat::Heic: return QStringLiteral("HEIC");
    case image::FileFormat::Avif: return QStringLiteral("AVIF");
    }
    return {};
}

QString lossText(image::ExportLoss loss)
{
    switch (loss) {
    case image::ExportLoss::BitDepth: return Words::tr("16-bit values are reduced to 8 bits.");
    case image::ExportLoss::Alpha: return Words::tr("Transparency is lost.");
    case image::ExportLoss::Iptc: return Words::tr("IPTC tags cannot be kept.");
    case image::ExportLoss::MultiPicture:
        return Words::tr("Extra pictures inside the file (gain map, depth, preview) are lost.");
    case image::ExportLoss::Comment: return Words::tr("The file's comment cannot be kept.");
    case image::ExportLoss::PrivateData:
        return Words::tr("The camera maker's own data is left out, because it may tell the "
                         "location.");
    case image::ExportLoss::Unreadable:
        return Words::tr("A part of the metadata is damaged or does not fit, and cannot be kept.");
    }
    return {};
}

QString metadataName(image::MetadataLevel level)
{
    switch (level) {
    case image::MetadataLevel::All: return Words::tr("All");
    case image::MetadataLevel::NoLocation: return Words::tr("All but location");
    case image::MetadataLevel::Basic: return Words::tr("Basic");
    case image::MetadataLevel::None: return Words::tr("None");
    }
    return {};
}

QString metadataText(image::MetadataLevel level)
{
    switch (level) {
    case image::MetadataLevel::All:
        return Words::tr("All metadata goes with it: EXIF, GPS, IPTC, XMP and the color profile.");
    case image::MetadataLevel::NoLocation:
        return Words::tr("All metadata goes with it, but for positions and names of places.");
    case image::MetadataLevel::Basic:
        return Words::tr("Of the metadata dates, camera, lens, exposure, credits and the color "
                         "profile go with it.");
    case image::MetadataLevel::None:
        return Words::tr("Of the metadata only the color profile goes with it.");
    }
    return {};
}

QString stageText(engine::Stage stage)
{
    switch (stage) {
    case engine::Stage::LoadingModel: return Words::tr("Loading the model …");
    case engine::Stage::Preparing: return Words::tr("Preparing …");
    case engine::Stage::Sampling: return Words::tr("Restoring …");
    case engine::Stage::Finishing: return Words::tr("Finishing …");
    }
    return {};
}

QString degradationText(engine::Degradation what)
{
    switch (what) {
    case engine::Degradation::SmallerTiles:
        return Words::tr("Memory is short: going on with smaller tiles.");
    case engine::Degradation::FellBackToCpu:
        return Words::tr("The graphics card could not do it: going on with the CPU.");
    case engine::Degradation::LowerPrecision: return Words::tr("Going on with lower precision.");
    }
    return {};
}

QString sizeText(Size size)
{
    const double megapixels = static_cast<double>(size.area()) / 1e6;
    return Words::tr("%1 × %2, %3 megapixels")
        .arg(size.width)
        .arg(size.height)
        .arg(QLocale().toString(megapixels, 'f', 1));
}

QString durationText(std::chrono::milliseconds duration)
{
    const auto seconds = static_cast<int>((duration.count() + 500) / 1000);
    if (seconds < 1)
        return Words::tr("under a second");
    if (seconds < 60)
        return Words::tr("%1 s").arg(seconds);
    return Words::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString deviceText(const std::string& device)
{
    const auto id = QString::fromStdString(device);
    if (id == u"cpu")
        return Words::tr("CPU");
    if (id.startsWith(u"cuda"))
        return Words::tr("GPU %1")
            .arg(id.section(u':', 1, 1, QString::SectionIncludeLeadingSep).remove(u':'))
            .trimmed();
    return id;
}

} // namespace limpid::ui
