// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/settings.h"

#include <algorithm>

namespace limpid::ui {

namespace {

constexpr int maxRecentFiles = 10;
const QString recentKey = QStringLiteral("files/recent");
const QString folderKey = QStringLiteral("files/folder");
const QString geometryKey = QStringLiteral("window/geometry");
const QString compareKey = QStringLiteral("view/compare");
const QString themeKey = QStringLiteral("view/theme");
const QString qualityKey = QStringLiteral("export/quality");
const QString metadataKey = QStringLiteral("export/metadata");
const QString statesAiKey = QStringLiteral("export/states-ai");
const QString deviceKey = QStringLiteral("run/device");
const QString automaticDevice = QStringLiteral("auto");
const QString modelKey = QStringLiteral("models/%1");

} // namespace

QStringList Settings::recentFiles() const
{
    return store_.value(recentKey).toStringList().mid(0, maxRecentFiles);
}

void Settings::addRecentFile(const QString& path)
{
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    store_.setValue(recentKey, files.mid(0, maxRecentFiles));
}

void Settings::clearRecentFiles()
{
    store_.remove(recentKey);
}

QString Settings::lastFolder() const
{
    return store_.value(folderKey).toString();
}

void Settings::setLastFolder(const QString& folder)
{
    store_.setValue(folderKey, folder);
}

QByteArray Settings::windowGeometry() const
{
    return store_.value(geometryKey).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray& geometry)
{
    store_.setValue(geometryKey, geometry);
}

int Settings::compareMode(int fallback) const
{
    return store_.value(compareKey, fallback).toInt();
}

void Settings::setCompareMode(int mode)
{
    store_.setValue(compareKey, mode);
}

Theme Settings::theme() const
{
    const auto text = store_.value(themeKey).toString();
    if (text == u"light")
        return Theme::Light;
    return text == u"dark" ? Theme::Dark : Theme::System;
}

void Settings::setTheme(Theme theme)
{
    switch (theme) {
    case Theme::System: store_.remove(themeKey); break;
    case Theme::Light: store_.setValue(themeKey, QStringLiteral("light")); break;
    case Theme::Dark: store_.setValue(themeKey, QStringLiteral("dark")); break;
    }
}

int Settings::exportQuality() const
{
    return std::clamp(store_.value(qualityKey, 95).toInt(), 1, 100);
}

void Settings::setExportQuality(int quality)
{
    store_.setValue(qualityKey, quality);
}

image::MetadataLevel Settings::exportMetadata() const
{
    const auto text = store_.value(metadataKey).toString();
    if (text == u"no-location")
        return image::MetadataLevel::NoLocation;
    if (text == u"basic")
        return image::MetadataLevel::Basic;
    return text == u"none" ? image::MetadataLevel::None : image::MetadataLevel::All;
}

void Settings::setExportMetadata(image::MetadataLevel level)
{
    switch (level) {
    case image::MetadataLevel::All: store_.remove(metadataKey); break;
    case image::MetadataLevel::NoLocation:
        store_.setValue(metadataKey, QStringLiteral("no-location"));
        break;
    case image::MetadataLevel::Basic: store_.setValue(metadataKey, QStringLiteral("basic")); break;
    case image::MetadataLevel::None: store_.setValue(metadataKey, QStringLiteral("none")); break;
    }
}

bool Settings::exportStatesAi() const
{
    return store_.value(statesAiKey, true).toBool();
}

void Settings::setExportStatesAi(bool states)
{
    store_.setValue(statesAiKey, states);
}

QString Settings::device() const
{
    return store_.value(deviceKey, automaticDevice).toString();
}

void Settings::setDevice(const QString& device)
{
    if (device == automaticDevice)
        store_.remove(deviceKey);
    else
        store_.setValue(deviceKey, device);
}

QString Settings::chosenModel(const QString& method) const
{
    return store_.value(modelKey.arg(method)).toString();
}

void Settings::setChosenModel(const QString& method, const QString& id)
{
    if (id.isEmpty())
        store_.remove(modelKey.arg(method));
    else
        store_.setValue(modelKey.arg(method), id);
}

} // namespace limpid::ui
