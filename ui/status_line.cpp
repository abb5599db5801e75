// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status_line.h"

#include "ui/state/file_path.h"
#include "ui/state/format_text.h"

#include <QLabel>
#include <QLocale>
#include <QResizeEvent>

namespace limpid::ui {

namespace {

constexpr int padding = 12; // of a label, at each side: by the style sheet, and by Qt

} // namespace

/// Takes the width that is left and shortens its text to it, in the middle.
class ElidedLabel : public QLabel {
public:
    ElidedLabel() { setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); }

    void setWholeText(const QString& text)
    {
        whole_ = text;
        setAccessibleName(text);
        elide(width());
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QLabel::resizeEvent(event);
        elide(event->size().width());
    }

private:
    void elide(int width)
    {
        setText(fontMetrics().elidedText(whole_, Qt::ElideMiddle, width - 2 * padding));
    }

    QString whole_;
};

StatusLine::StatusLine(QWidget* parent) : QStatusBar(parent)
{
    setSizeGripEnabled(false);
    setContentsMargins(8, 0, 8, 0);
    file_ = new ElidedLabel;
    add(file_, 1);
    for (auto** label : {&cursor_, &size_, &zoom_, &device_}) {
        *label = new QLabel;
        add(*label, 0);
    }
    // Room for the widest, so that the line does not dance below the moving pointer.
    const QString widest = QStringLiteral("00000, 00000");
    cursor_->setMinimumWidth(fontMetrics().horizontalAdvance(widest) + 16);
    cursor_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void StatusLine::add(QLabel* label, int stretch)
{
    label->setTextFormat(Qt::PlainText);
    addWidget(label, stretch);
}

void StatusLine::setPhoto(const image::Photo& photo)
{
    file_->setWholeText(fileName(photo.path));
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
