// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/document.h"

#include <QWidget>

class QAction;
class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace limpid::ui {

/// The actions that the buttons stand for; owned by the window.
struct RunActions {
    QAction& run;
    QAction& pause;
    QAction& cancel;
};

/// Starts, pauses and cancels the restoration, and says how it goes: stage, step, time left,
/// device, and whether the result differs from the photo at all. A yellow dot says that the result
/// no longer belongs to the settings.
class ProgressPanel : public QWidget {
    Q_OBJECT
public:
    ProgressPanel(Document& document, const RunActions& actions, QWidget* parent = nullptr);

private:
    void buildStatus(QVBoxLayout& rows);
    void buildButtons(QVBoxLayout& rows, const RunActions& actions);
    void refresh();
    void showActive(const Active& job);
    void showBar(const Active& job, bool sampling);
    void showRest();
    void measure(const RestorationPtr& made);
    QString runText() const;
    QString restText() const;
    QString doneText(const Succeeded& done) const;

    Document& document_;
    engine::JobId unchanging_ = engine::JobId::None; ///< The job that changed hardly anything.
    QWidget* stale_ = nullptr;
    QLabel* stage_ = nullptr;
    QLabel* timeLeft_ = nullptr;
    QProgressBar* bar_ = nullptr;
    QPushButton* run_ = nullptr;
    QPushButton* pause_ = nullptr;
    QPushButton* cancel_ = nullptr;
};

} // namespace limpid::ui
