// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/photo_writer.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace limpid::ui {

enum class Theme { System, Light, Dark };

/// What the program remembers, as typed values over a QSettings that the caller owns.
class Settings {
public:
    explicit Settings(QSettings& store) : store_(store) {}

    /// Newest first, at most ten, no doubles.
    QStringList recentFiles() const;
    void addRecentFile(const QString& path);
    void clearRecentFiles();

    QString lastFolder() const;
    void setLastFolder(const QString& folder);

    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray& geometry);

    /// A compare mode by number; the number's meaning belongs to the window.
    int compareMode(int fallback) const;
    void setCompareMode(int mode);

    Theme theme() const;
    void setTheme(Theme theme);

    /// JPEG and WebP quality of the last export, 1…100.
    int exportQuality() const;
    void setExportQuality(int quality);

    /// How much metadata the last export took along, and whether it said that AI was used.
    image::MetadataLevel exportMetadata() const;
    void setExportMetadata(image::MetadataLevel level);
    bool exportStatesAi() const;
    void setExportStatesAi(bool states);

    /// Where runs shall compute, as RunSettings::device; "auto" unless told.
    QString device() const;
    void setDevice(const QString& device);

    /// Catalog id of the model that a method shall use; empty: its default.
    QString chosenModel(const QString& method) const;
    void setChosenModel(const QString& method, const QString& id);

private:
    QSettings& store_;
};

} // namespace limpid::ui
