// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status_line.h"

#include "ui/state/file_path.h"
#include "ui/state/format_text.h"

#include <QLabel>
#include <QLocale>

namespace limpid::ui {

StatusLine::StatusLine(QWidget* parent) : QStatusBar(parent)
{
    setSizeGripEnabled(false);
    setContentsMargins(8, 0, 8, 0);
    file_ = add(1);
    cursor_ = add(0);
    size_ = add(0);
    zoom_ = add(0);
    device_ = add(0);
    // Room for the widest, so that the line does not dance below the moving pointer.
    const QString widest = QStringLiteral("00000, 00000");
    cursor_->setMinimumWidth(fontMetrics().horizontalAdvance(widest) + 16);
    cursor_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

QLabel* StatusLine::add(int stretch)
{
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    addWidget(label, stretch);
    return label;
}

void StatusLine::setPhoto(const image::Photo& photo)
{
    file_->setText(fileName(photo.path));
    file_->setToolTip(toText(photo.path));
    const int bits = photo.original.depth() == image::SampleDepth::U16 ? 16 : 8;
    size_->setText(
        tr("%1, %2 %3 bit").arg(sizeText(photo.size()), formatName(photo.format)).arg(bits));
}

void StatusLine::setCursorPosition(QPoint imagePixel)
{
    const bool inside = imagePixel.x() >= 0 && imagePixel.y() >= 0;
    cursor_->setText(inside ? QStringLiteral("%1, %2").arg(imagePixel.x()).arg(imagePixel.y())
                            : QString());
}

void StatusLine::setZoom(double factor)
{
    const double percent = factor * 100;
    zoom_->setText(tr("%1 %").arg(QLocale().toString(percent, 'f', percent < 10 ? 1 : 0)));
}

void StatusLine::setDevice(const std::string& device)
{
    device_->setText(tr("Device: %1").arg(deviceText(device)));
}

} // namespace limpid::ui
