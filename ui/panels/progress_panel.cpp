// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/progress_panel.h"

#include "ui/state/change_amount.h"
#include "ui/state/format_text.h"
#include "ui/state/in_background.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace limpid::ui {

namespace {

const QColor staleYellow(0xe8, 0xb4, 0x1c);

/// Yellow reads as "not up to date" in photo programs.
class YellowDot : public QWidget {
public:
    YellowDot() { setFixedSize(10, 10); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(staleYellow);
        painter.drawEllipse(rect().adjusted(1, 1, -1, -1));
    }
};

QPushButton* buttonFor(QAction& action)
{
    auto* button = new QPushButton(action.icon(), {});
    QObject::connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    const auto follow = [button, &action] {
        button->setEnabled(action.isEnabled());
        button->setToolTip(action.toolTip());
    };
    QObject::connect(&action, &QAction::changed, button, follow);
    follow();
    return button;
}

} // namespace

ProgressPanel::ProgressPanel(Document& document, const RunActions& actions, QWidget* parent)
    : QWidget(parent), document_(document)
{
    setObjectName(QStringLiteral("progressPanel"));
    setAttribute(Qt::WA_StyledBackground);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(16, 12, 16, 16);
    rows->setSpacing(8);
    buildStatus(*rows);
    buildButtons(*rows, actions);
    connect(&document_.job(), &RestorationRun::stateChanged, this, &ProgressPanel::refresh);
    connect(&document_.job(), &RestorationRun::succeeded, this, &ProgressPanel::measure);
    connect(&document_, &Document::restorationChanged, this, &ProgressPanel::refresh);
    connect(&document_, &Document::settingsChanged, this, &ProgressPanel::refresh);
    connect(&document_, &Document::regionChanged, this, &ProgressPanel::refresh);
    refresh();
}

void ProgressPanel::buildStatus(QVBoxLayout& rows)
{
    stale_ = new QWidget;
    stale_->setObjectName(QStringLiteral("stale"));
    auto* words = new QLabel(tr("Settings or region changed since this result"));
    words->setWordWrap(true);
    auto* staleLine = new QHBoxLayout(stale_);
    staleLine->setContentsMargins(0, 0, 0, 0);
    staleLine->addWidget(new YellowDot);
    staleLine->addWidget(words, 1);
    stage_ = new QLabel;
    stage_->setObjectName(QStringLiteral("stage"));
    stage_->setTextFormat(Qt::PlainText);
    stage_->setWordWrap(true);
    timeLeft_ = new QLabel;
    timeLeft_->setObjectName(QStringLiteral("timeLeft"));
    timeLeft_->setProperty("role", QStringLiteral("caption"));
    bar_ = new QProgressBar;
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("Progress"));
    auto* line = new QHBoxLayout;
    line->addWidget(stage_, 1);
    line->addWidget(timeLeft_);
    rows.addWidget(stale_);
    rows.addLayout(line);
    rows.addWidget(bar_);
}

void ProgressPanel::buildButtons(QVBoxLayout& rows, const RunActions& actions)
{
    run_ = buttonFor(actions.run);
    run_->setObjectName(QStringLiteral("run"));
    run_->setIcon({}); // on the accent color, words alone
    run_->setProperty("role", QStringLiteral("primary"));
    pause_ = buttonFor(actions.pause);
    pause_->setObjectName(QStringLiteral("pause"));
    cancel_ = buttonFor(actions.cancel);
    cancel_->setObjectName(QStringLiteral("cancel"));
    cancel_->setText(tr("Cancel"));
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(pause_, 1);
    line->addWidget(cancel_, 1);
    rows.addWidget(run_);
    rows.addLayout(line);
}

void ProgressPanel::refresh()
{
    const auto* job = document_.job().active();
    stale_->setVisible(!job && document_.isStale());
    run_->setVisible(!job);
    pause_->setVisible(job);
    cancel_->setVisible(job);
    bar_->setVisible(job);
    stage_->setVisible(job);
    timeLeft_->setVisible(job);
    if (job)
        showActive(*job);
    else
        showRest();
}

void ProgressPanel::showActive(const Active& job)
{
    const bool sampling = job.stage == engine::Stage::Sampling && job.steps > 1;
    showBar(job, sampling);
    pause_->setText(job.paused ? tr("Resume") : tr("Pause"));
    if (job.cancelling)
        stage_->setText(tr("Cancelling …"));
    else if (job.paused && job.steps > 1)
        stage_->setText(tr("Paused at step %1 of %2").arg(job.step).arg(job.steps));
    else if (job.paused)
        stage_->setText(tr("Paused"));
    else if (sampling)
        stage_->setText(tr("Step %1 of %2").arg(qMin(job.step + 1, job.steps)).arg(job.steps));
    else
        stage_->setText(stageText(job.stage));
    const auto left = document_.job().timeLeft();
    const bool isTold = job.share > 0.0 ? job.stage != engine::Stage::Finishing : sampling;
    timeLeft_->setText(left && isTold && !job.paused ? tr("%1 left").arg(durationText(*left))
                                                     : QString());
}

/// By the share of the work where it is known, else by the steps; of a single one nothing can be
/// told until it ends.
void ProgressPanel::showBar(const Active& job, bool sampling)
{
    constexpr int shares = 1000;
    if (job.stage == engine::Stage::Finishing)
        bar_->setRange(0, 0); // busy, no end known
    else if (job.share > 0.0) {
        bar_->setRange(0, shares);
        bar_->setValue(static_cast<int>(job.share * shares));
    } else {
        bar_->setRange(0, sampling ? job.steps : 0);
        bar_->setValue(job.step);
    }
}

void ProgressPanel::showRest()
{
    run_->setText(runText());
    const QString text = restText();
    stage_->setVisible(!text.isEmpty());
    stage_->setText(text);
}

/// What the button does: where a part of the photo is restored, another is not there to be done
/// again.
QString ProgressPanel::runText() const
{
    if (isRestored(document_.restoration(), document_.region()))
        return tr("Restore again");
    return document_.region() ? tr("Restore region") : tr("Restore");
}

QString ProgressPanel::restText() const
{
    const auto& state = document_.job().state();
    if (const auto* done = std::get_if<Succeeded>(&state))
        return doneText(*done);
    if (std::holds_alternative<Broken>(state))
        return tr("Not restored: see the message above the photo");
    if (std::holds_alternative<Stopped>(state))
        return document_.restoration() ? tr("Cancelled: the result before is kept")
                                       : tr("Cancelled: the photo is unchanged");
    return {};
}

QString ProgressPanel::doneText(const Succeeded& done) const
{
    const QString text =
        tr("Restored in %1 on %2").arg(durationText(done.elapsed), deviceText(done.device));
    const auto made = document_.restoration();
    if (!made || made->job == engine::JobId::None || made->job != unchanging_)
        return text;
    const auto& asked = made->request;
    const QString why = asked.region
                            ? tr("%1. This region is already sharp, so hardly anything changed.")
                            : tr("%1. This photo is already sharp, so hardly anything changed.");
    const bool isProtected = !asked.parameters.contains("protect_sharp"); // its default
    return isProtected
               ? why.arg(text) + u' ' + tr("If you see blur, switch “Protect sharp parts” off.")
               : why.arg(text);
}

/// In the pool: a large photo takes longer than a window may stand still.
void ProgressPanel::measure(const RestorationPtr& made)
{
    inBackground(
        this, [made]() -> Result<double> { return changeAmount(*made); },
        [this, job = made->job](const Result<double>& amount) {
            if (!amount || *amount >= hardlyAnyChange)
                return;
            unchanging_ = job;
            refresh();
        });
}

} // namespace limpid::ui
