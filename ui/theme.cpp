// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>
#include <QFile>
#include <QStyleFactory>
#include <QStyleHints>

namespace limpid::ui {

namespace {

/// The colors that one theme chooses; all others follow from them.
struct Shades {
    QColor window, base, button, line, hover;
    QColor text, faint, disabled;
    QColor accent, accentHover, onAccent, problem;
};

QPalette paletteOf(const Shades& c)
{
    QPalette palette(c.text, c.button, c.hover, c.line, c.line, c.text, c.problem, c.base,
                     c.window);
    palette.setColor(QPalette::Midlight, c.hover);
    palette.setColor(QPalette::AlternateBase, c.window);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::PlaceholderText, c.faint);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::Link, c.accentHover);
    palette.setColor(QPalette::ToolTipBase, c.base);
    palette.setColor(QPalette::ToolTipText, c.text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.line);
    palette.setColor(QPalette::Disabled, QPalette::Base, c.window);
    return palette;
}

/// The style sheet, with the colors that its palette() cannot name in Qt 6.4.
QString sheetFor(const QPalette& palette)
{
    QFile file(QStringLiteral(":/limpid.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    sheet.replace(QStringLiteral("@faint"), palette.color(QPalette::PlaceholderText).name());
    sheet.replace(QStringLiteral("@problem"), palette.color(QPalette::BrightText).name());
    return sheet;
}

bool prefersDark(const QApplication& application)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return application.styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
    const QPalette palette = application.palette();
    return palette.color(QPalette::Window).lightness() <
           palette.color(QPalette::WindowText).lightness();
#endif
}

} // namespace

QPalette lightPalette()
{
    return paletteOf({.window = QColor(0xec, 0xec, 0xec),
                      .base = QColor(0xfc, 0xfc, 0xfc),
                      .button = QColor(0xf6, 0xf6, 0xf6),
                      .line = QColor(0xc4, 0xc4, 0xc4),
                      .hover = QColor(0xdd, 0xdd, 0xdd),
                      .text = QColor(0x1e, 0x1e, 0x1e),
                      .faint = QColor(0x5c, 0x5c, 0x5c),
                      .disabled = QColor(0x9a, 0x9a, 0x9a),
                      .accent = QColor(0x1f, 0x6a, 0xb0),
                      .accentHover = QColor(0x1a, 0x5c, 0x9a),
                      .onAccent = QColor(0xff, 0xff, 0xff),
                      .problem = QColor(0xb3, 0x26, 0x1e)});
}

QPalette darkPalette()
{
    return paletteOf({.window = QColor(0x24, 0x24, 0x24),
                      .base = QColor(0x1b, 0x1b, 0x1b),
                      .button = QColor(0x33, 0x33, 0x33),
                      .line = QColor(0x45, 0x45, 0x45),
                      .hover = QColor(0x3d, 0x3d, 0x3d),
                      .text = QColor(0xe4, 0xe4, 0xe4),
                      .faint = QColor(0xa6, 0xa6, 0xa6),
                      .disabled = QColor(0x70, 0x70, 0x70),
                      .accent = QColor(0x3d, 0x86, 0xc8),
                      .accentHover = QColor(0x52, 0x9a, 0xdb),
                      .onAccent = QColor(0xff, 0xff, 0xff),
                      .problem = QColor(0xff, 0x8a, 0x80)});
}

ThemeSwitch::ThemeSwitch(QApplication& application)
    : application_(application), systemIsDark_(prefersDark(application))
{}

bool ThemeSwitch::isDark(Theme theme) const
{
    return theme == Theme::Dark || (theme == Theme::System && systemIsDark_);
}

void ThemeSwitch::apply(Theme theme)
{
    application_.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application_.setPalette(isDark(theme) ? darkPalette() : lightPalette());
    application_.setStyleSheet(sheetFor(application_.palette()));
}

} // namespace limpid::ui
