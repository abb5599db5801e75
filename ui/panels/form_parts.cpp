// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/form_parts.h"

#include "ui/line_icon.h"

#include <QEvent>
#include <QFrame>
#include <QLabel>
#include <QTextBoundaryFinder>
#include <QToolButton>
#include <QVBoxLayout>

namespace limpid::ui {

namespace {

constexpr int sectionGap = 8; // on both sides of the line, on top of the layout's own spacing

class WheelShield : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() != QEvent::Wheel)
            return false;
        event->ignore();
        return true;
    }
};

QLabel* labelWithRole(const QString& text, const QString& role)
{
    auto* label = new QLabel(text);
    label->setProperty("role", role);
    return label;
}

} // namespace

QLabel* headingLabel(const QString& text)
{
    return labelWithRole(text, QStringLiteral("heading"));
}

QLabel* captionLabel(const QString& text)
{
    return labelWithRole(text, QStringLiteral("caption"));
}

QToolButton* iconButton(const QString& icon, const QString& tip)
{
    auto* button = new QToolButton;
    button->setIcon(lineIcon(icon));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    return button;
}

QString wrappedTip(const QString& text)
{
    return text.isEmpty() ? text : QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
}

QString breakable(const QString& text)
{
    constexpr int longest = 24; // characters of a word
    constexpr QChar zeroWidthSpace(0x200B);
    QString broken;
    QTextBoundaryFinder letters(QTextBoundaryFinder::Grapheme, text);
    int length = 0;
    for (qsizetype from = 0, to = letters.toNextBoundary(); to > 0;
         from = to, to = letters.toNextBoundary()) {
        const bool afterJoint = from > 0 && text.at(from - 1) == u'_';
        length = text.at(from).isSpace() ? 0 : length + 1;
        if (length > longest || afterJoint) {
            broken += zeroWidthSpace;
            length = 1;
        }
        broken += QStringView(text).sliced(from, to - from);
    }
    return broken;
}

void addSectionBreak(QVBoxLayout& rows)
{
    auto* line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    rows.addSpacing(sectionGap);
    rows.addWidget(line);
    rows.addSpacing(sectionGap);
}

void shieldFromWheel(QWidget* field)
{
    field->setFocusPolicy(Qt::StrongFocus);
    field->installEventFilter(new WheelShield(field));
}

} // namespace limpid::ui
