// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QFrame;
class QLabel;
class QToolButton;
class QVBoxLayout;
class QWidget;

namespace limpid::ui {

/// Small parts that all sections of the side panel are made of.
QLabel* headingLabel(const QString& text);
QLabel* captionLabel(const QString& text);
QToolButton* iconButton(const QString& icon, const QString& tip);

/// A tip of a sentence or more, in lines: Qt wraps rich text alone. Empty stays empty.
QString wrappedTip(const QString& text);

/// With places, which are not seen, to break words that are too long for a line, such as the names
/// of files: Qt breaks lines at spaces alone.
QString breakable(const QString& text);

/// A thin line with the space that separates two sections.
void addSectionBreak(QVBoxLayout& rows);

/// The wheel no longer changes this field, so that scrolling the panel changes nothing on the way.
void shieldFromWheel(QWidget* field);

} // namespace limpid::ui
