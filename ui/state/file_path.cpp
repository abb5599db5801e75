// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/file_path.h"

#include <QFile>

namespace limpid::ui {

QString toText(const std::filesystem::path& path)
{
#ifdef Q_OS_WIN
    return QString::fromStdWString(path.native());
#else
    return QFile::decodeName(path.c_str());
#endif
}

std::filesystem::path toPath(const QString& text)
{
#ifdef Q_OS_WIN
    return std::filesystem::path(text.toStdWString());
#else
    return std::filesystem::path(QFile::encodeName(text).toStdString());
#endif
}

QString fileName(const std::filesystem::path& path)
{
    return toText(path.filename());
}

} // namespace limpid::ui
