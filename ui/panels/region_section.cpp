// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/region_section.h"

#include "ui/panels/form_parts.h"
#include "ui/panels/slider_row.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace limpid::ui {

namespace {
const SliderRange featherRange{
    .minimum = 0, .maximum = 128, .step = 1, .defaultValue = 16, .decimals = 0};
}

RegionSection::RegionSection(Document& document, QAction& draw, QWidget* parent)
    : QWidget(parent), document_(document)
{
    extent_ = new QLabel;
    extent_->setObjectName(QStringLiteral("extent"));
    draw_ = new QPushButton(tr("Draw a region"));
    draw_->setToolTip(tr("Restore a part only: drag a rectangle on the photo (R)"));
    wholePhoto_ = new QPushButton(tr("Whole photo"));
    wholePhoto_->setObjectName(QStringLiteral("wholePhoto"));
    wholePhoto_->setToolTip(tr("Restore everything, not a region"));
    feather_ = new SliderRow(tr("Feather"));
    feather_->setObjectName(QStringLiteral("feather"));
    auto range = featherRange;
    range.unit = tr(" px");
    feather_->setRange(range);
    feather_->setToolTip(tr("How softly the region fades into the photo around it"));

    auto* line = new QHBoxLayout;
    line->addWidget(extent_, 1);
    line->addWidget(draw_);
    line->addWidget(wholePhoto_);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    rows->addWidget(headingLabel(tr("Region")));
    rows->addLayout(line);
    rows->addWidget(feather_);
    connect(draw_, &QPushButton::clicked, &draw, &QAction::trigger);
    connect(wholePhoto_, &QPushButton::clicked, this,
            [this] { document_.setRegion(std::nullopt); });
    connect(feather_, &SliderRow::valueChanged, this,
            [this](double pixels) { document_.setFeatherPixels(static_cast<int>(pixels)); });
    connect(&document_, &Document::regionChanged, this, &RegionSection::refresh);
    connect(&document_, &Document::photoChanged, this, &RegionSection::refresh);
    connect(&document_.job(), &RestorationRun::stateChanged, this, &RegionSection::refresh);
    refresh();
}

void RegionSection::refresh()
{
    const auto& region = document_.region();
    const bool idle = !document_.job().active();
    draw_->setVisible(!region);
    draw_->setEnabled(document_.photo() && idle);
    wholePhoto_->setVisible(region.has_value());
    wholePhoto_->setEnabled(idle);
    feather_->setEnabled(region.has_value() && idle);
    feather_->setValue(document_.featherPixels());
    if (!region) {
        extent_->setText(tr("Whole photo"));
        extent_->setToolTip({});
        return;
    }
    const Rect& rect = region->rect;
    extent_->setText(tr("%1 × %2 px").arg(rect.width).arg(rect.height));
    extent_->setToolTip(tr("Upper left corner at %1, %2").arg(rect.x).arg(rect.y));
}

} // namespace limpid::ui
