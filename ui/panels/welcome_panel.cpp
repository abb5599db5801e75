// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/welcome_panel.h"

#include "ui/line_icon.h"
#include "ui/panels/form_parts.h"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace limpid::ui {

namespace {

constexpr int markSize = 88;
constexpr int columnWidth = 440;
constexpr int frameInset = 24;
constexpr qsizetype recentShown = 5;
constexpr int buttonPadding = 64; // of both sides, with the margins of the column

QLabel* centeredLabel(const QString& text)
{
    auto* label = new QLabel(text);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    return label;
}

} // namespace

WelcomePanel::WelcomePanel(QAction& open, bool hasSample, QWidget* parent) : QWidget(parent)
{
    invitation_ = new QWidget;
    invitation_->setFixedWidth(columnWidth);
    auto* column = new QVBoxLayout(invitation_);
    column->setSpacing(16);
    buildInvitation(*column, open, hasSample);

    busy_ = new QWidget;
    busy_->setFixedWidth(columnWidth);
    auto* words = centeredLabel({});
    words->setObjectName(QStringLiteral("busyText"));
    words->setTextFormat(Qt::PlainText);
    auto* bar = new QProgressBar;
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    auto* busyColumn = new QVBoxLayout(busy_);
    busyColumn->setSpacing(16);
    busyColumn->addWidget(words);
    busyColumn->addWidget(bar);
    busy_->hide();

    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored); // fit() sees to the height
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(frameInset, frameInset, frameInset, frameInset);
    outer->addStretch();
    outer->addWidget(invitation_, 0, Qt::AlignHCenter);
    outer->addWidget(busy_, 0, Qt::AlignHCenter);
    outer->addStretch();
}

void WelcomePanel::buildInvitation(QVBoxLayout& column, QAction& open, bool hasSample)
{
    auto* mark = new QLabel;
    mark->setPixmap(programMark().pixmap(QSize(markSize, markSize), devicePixelRatioF()));
    mark->setAlignment(Qt::AlignCenter);
    mark_ = mark;
    auto* title = centeredLabel(tr("Drop a blurred photo here"));
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.7);
    title->setFont(large);
    auto* privacy = centeredLabel(tr("JPEG, PNG, TIFF, WebP, HEIC, AVIF. Everything runs on this "
                                     "computer; nothing is uploaded, and the original is never "
                                     "changed."));
    privacy->setProperty("role", QStringLiteral("caption"));

    auto* openButton = new QPushButton(tr("Open a photo …"));
    openButton->setProperty("role", QStringLiteral("primary"));
    auto* sample = new QPushButton(tr("Try the sample photo"));
    sample->setObjectName(QStringLiteral("sample"));
    sample->setVisible(hasSample);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(openButton);
    buttons->addWidget(sample);
    buttons->addStretch();

    recent_ = new QWidget;
    recentRows_ = new QVBoxLayout(recent_);
    recentRows_->setContentsMargins(0, 16, 0, 0);
    recentRows_->setSpacing(0);
    recent_->hide();

    column.addWidget(mark);
    column.addWidget(title);
    column.addWidget(privacy);
    column.addLayout(buttons);
    column.addWidget(recent_);
    connect(openButton, &QPushButton::clicked, &open, &QAction::trigger);
    connect(sample, &QPushButton::clicked, this, &WelcomePanel::sampleRequested);
}

void WelcomePanel::setRecentFiles(const QStringList& files)
{
    while (auto* item = recentRows_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    recent_->setVisible(!files.isEmpty());
    if (files.isEmpty())
        return;
    auto* heading = centeredLabel(tr("Opened lately"));
    heading->setProperty("role", QStringLiteral("caption"));
    recentRows_->addWidget(heading);
    for (const QString& file : files.mid(0, recentShown)) {
        auto* button = new QPushButton;
        button->setText(button->fontMetrics()
                            .elidedText(QFileInfo(file).fileName(), Qt::ElideMiddle,
                                        columnWidth - buttonPadding)
                            .replace(u'&', QStringLiteral("&&")));
        button->setFlat(true);
        button->setToolTip(file);
        button->setAccessibleName(QFileInfo(file).fileName());
        connect(button, &QPushButton::clicked, this, [this, file] { Q_EMIT fileRequested(file); });
        recentRows_->addWidget(button, 0, Qt::AlignHCenter);
    }
    fit();
}

void WelcomePanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

// In a low window first the mark gives way, then the files opened longest ago.
void WelcomePanel::fit()
{
    const int room = height() - 2 * frameInset;
    const auto isTooTall = [&] {
        recentRows_->invalidate();
        invitation_->layout()->invalidate();
        return invitation_->layout()->totalHeightForWidth(columnWidth) > room;
    };
    mark_->show();
    for (int i = 0; i < recentRows_->count(); ++i)
        recentRows_->itemAt(i)->widget()->show();
    mark_->setVisible(!isTooTall());
    for (int i = recentRows_->count() - 1; i >= 0 && isTooTall(); --i)
        recentRows_->itemAt(i)->widget()->hide();
}

void WelcomePanel::setBusyWith(const QString& fileName)
{
    invitation_->setVisible(fileName.isEmpty());
    busy_->setVisible(!fileName.isEmpty());
    busy_->findChild<QLabel*>(QStringLiteral("busyText"))
        ->setText(breakable(tr("Opening %1 …").arg(fileName)));
}

// A dashed frame says "drop here".
void WelcomePanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(palette().color(QPalette::Mid), 2, Qt::CustomDashLine, Qt::RoundCap);
    pen.setDashPattern({4, 4});
    painter.setPen(pen);
    painter.drawRoundedRect(rect().adjusted(frameInset, frameInset, -frameInset, -frameInset), 16,
                            16);
}

} // namespace limpid::ui
