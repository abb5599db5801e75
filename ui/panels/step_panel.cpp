// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/step_panel.h"

#include "ui/panels/marked_slider.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

namespace limpid::ui {

namespace {

QToolButton* stepButton(QAction& action)
{
    auto* button = new QToolButton;
    button->setDefaultAction(&action);
    button->setAutoRaise(true);
    return button;
}

} // namespace

StepPanel::StepPanel(Document& document, const StepActions& actions, QWidget* parent)
    : QWidget(parent), document_(document)
{
    setObjectName(QStringLiteral("stepPanel"));
    setAttribute(Qt::WA_StyledBackground);
    slider_ = new MarkedSlider;
    slider_->setAccessibleName(tr("Step shown"));
    slider_->setToolTip(tr("Look at every step of the restoration"));
    slider_->setMinimumWidth(80);
    position_ = new QLabel;
    position_->setObjectName(QStringLiteral("position"));
    quality_ = new QLabel;
    quality_->setObjectName(QStringLiteral("quality"));
    quality_->setProperty("role", QStringLiteral("caption"));
    keep_ = new QPushButton(tr("Keep this step"));
    keep_->setObjectName(QStringLiteral("keep"));
    keep_->setToolTip(actions.keep.toolTip());

    auto* words = new QVBoxLayout; // one above the other: beside it the bar is too wide in German
    words->setSpacing(0);
    words->addWidget(position_);
    words->addWidget(quality_);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(16, 4, 16, 4);
    line->setSpacing(8);
    line->addLayout(words);
    line->addWidget(stepButton(actions.previous));
    line->addWidget(slider_, 1);
    line->addWidget(stepButton(actions.next));
    line->addWidget(keep_);

    connect(slider_, &QSlider::valueChanged, this, [this](int step) {
        document_.steps().show(step);
        refresh(); // a step that is not there yet cannot be shown
    });
    connect(keep_, &QPushButton::clicked, &actions.keep, &QAction::trigger);
    connect(&document_.steps(), &StepScrubber::changed, this, &StepPanel::refresh);
    connect(&document_, &Document::restorationChanged, this, &StepPanel::refresh);
    connect(&document_, &Document::photoChanged, this, &StepPanel::refresh);
    // As wide as the longest texts, so that nothing moves below the pointer.
    const auto widthOf = [this](const QString& text) {
        return fontMetrics().horizontalAdvance(text);
    };
    position_->setMinimumWidth(qMax(widthOf(tr("Step %1 of %2").arg(50).arg(50)),
                                    qMax(widthOf(tr("Structure")), widthOf(tr("Partial result")))));
    quality_->setMinimumWidth(qMax(widthOf(tr("Full quality")), widthOf(tr("Preview only"))));
    refresh();
}

void StepPanel::refresh()
{
    const auto& steps = document_.steps();
    const bool usable = steps.isUsable();
    setVisible(document_.photo() != nullptr);
    const QSignalBlocker quiet(slider_);
    slider_->setEnabled(usable);
    keep_->setEnabled(document_.canKeepStep());
    quality_->setText(qualityText());
    quality_->setVisible(usable || steps.partial()); // else the other word stands in the middle
    if (!usable) {
        position_->setText(steps.partial() ? positionText() : tr("Steps"));
        slider_->setRange(0, 1);
        slider_->setMark(-1);
        return;
    }
    // During a run the whole way is shown; what is not there yet cannot be reached.
    slider_->setRange(steps.first(), steps.total());
    slider_->setPageStep(1);
    slider_->setMark(steps.isRunning() ? steps.last() : steps.restingStep());
    slider_->setValue(steps.position());
    position_->setText(positionText());
}

QString StepPanel::positionText() const
{
    const auto& steps = document_.steps();
    if (steps.partial())
        return tr("Partial result");
    if (steps.position() == 0)
        return tr("Structure");
    return tr("Step %1 of %2").arg(steps.position()).arg(steps.total());
}

QString StepPanel::qualityText() const
{
    const auto& steps = document_.steps();
    if (const auto* partial = steps.partial())
        return tr("Step %1 of %2").arg(partial->step).arg(partial->steps);
    if (steps.fullPicture() || (!steps.isRunning() && !steps.frame()))
        return tr("Full quality");
    if (steps.isPreviewOnly())
        return tr("Preview only");
    return tr("Preview");
}

} // namespace limpid::ui
