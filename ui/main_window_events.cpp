// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow about itself: its dialogs, what can be done now, dropping, closing.
#include "ui/main_window.h"

#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/keys_dialog.h"
#include "ui/dialogs/model_dialog.h"
#include "ui/dialogs/question.h"
#include "ui/panels/parameter_panel.h"
#include "ui/panels/welcome_panel.h"
#include "ui/state/compact_models.h"
#include "ui/state/device_list.h"
#include "ui/state/file_path.h"
#include "ui/state/format_text.h"
#include "ui/state/model_text.h"
#include "ui/view/compare_view.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>

#include <utility>

namespace limpid::ui {

namespace {

constexpr std::chrono::seconds workWorthAsking{30};

/// The first local file that is dragged; empty when there is none.
QString draggedFile(const QMimeData& data)
{
    for (const auto& url : data.urls())
        if (url.isLocalFile())
            return url.toLocalFile();
    return {};
}

QWidget* firstTabStop(QWidget& area)
{
    for (auto* widget = area.nextInFocusChain(); widget != &area;
         widget = widget->nextInFocusChain())
        if (area.isAncestorOf(widget) && widget->isVisible() && widget->isEnabled() &&
            (widget->focusPolicy() & Qt::TabFocus) != 0)
            return widget;
    return nullptr;
}

} // namespace

void MainWindow::connectWindow()
{
    bind(ActionId::Quit, [this] { close(); });
    bind(ActionId::About, [this] { showDialog(new AboutDialog(options_.methods, this)); });
    bind(ActionId::Keys, [this] { showDialog(new KeysDialog(actions_, this)); });
    bind(ActionId::Panels, [this] { side_->setVisible(actions_[ActionId::Panels].isChecked()); });
    bind(ActionId::NextArea, [this] { goToNextArea(); });
    bind(ActionId::FullScreen, [this] {
        setWindowState(windowState().setFlag(Qt::WindowFullScreen,
                                             actions_[ActionId::FullScreen].isChecked()));
    });
    actions_[ActionId::Panels].setChecked(true);
    // Tab hides the panels from the canvas only; in the panels it moves the focus as ever.
    actions_[ActionId::Panels].setShortcutContext(Qt::WidgetShortcut);
    view_->addAction(&actions_[ActionId::Panels]);
    // The peek key is followed by PeekKey, since a shortcut knows no release; here it is a hint.
    actions_[ActionId::Before].setShortcutContext(Qt::WidgetShortcut);
}

/// Between the canvas, which keeps Tab for itself, and the panels.
void MainWindow::goToNextArea()
{
    auto* focus = QApplication::focusWidget();
    if (focus && side_->isAncestorOf(focus)) {
        view_->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    actions_[ActionId::Panels].setChecked(true);
    side_->show();
    if (auto* first = firstTabStop(*side_))
        first->setFocus(Qt::TabFocusReason);
}

void MainWindow::connectModels()
{
    bind(ActionId::Models, [this] { showDialog(new ModelDialog(models_, this)); });
    connect(&models_, &ModelStore::chosenChanged, &document_, &Document::setModel);
    connect(&document_, &Document::modelRecalled, &models_,
            [this](const std::string& method, const std::string& id) {
                if (id.empty() || models_.has(method, id))
                    models_.choose(method, id);
            });
    for (const auto& method : options_.methods)
        document_.setModel(method.id, models_.chosen(method.id));
    const auto followModels = [this] {
        for (const auto& method : options_.methods) {
            parameters_->setDefaultSteps(
                method.id, models_.preferredSteps(method.id).value_or(method.defaultSteps));
            parameters_->setCompact(method.id, usesCompactModel(models_, method.id));
        }
    };
    files_->setDefaultModel(
        [this](const std::string& method) { return models_.defaultModel(method); });
    connect(&models_, &ModelStore::changed, parameters_, followModels);
    followModels();
    connect(&models_, &ModelStore::imported, this, [this](const checkpoint::ImportReport& report) {
        sayOfImport({.tone = Tone::Success, .text = importedText(report)});
    });
    connect(&models_, &ModelStore::importFailed, this, [this](const Error& error) {
        const auto words = describeImport(error);
        sayOfImport({.tone = Tone::Problem, .text = words.reason, .advice = words.advice()});
    });
}

void MainWindow::connectDevices()
{
    if (!options_.devices)
        return;
    connect(parameters_, &ParameterPanel::deviceChosen, this,
            [this](const std::string& id) { settings_.setDevice(QString::fromStdString(id)); });
    connect(options_.devices, &DeviceList::changed, parameters_, [this] { followDevices(); });
    followDevices();
}

/// The device of the last start is taken up once it is known to be there: a run before that goes
/// where it can.
void MainWindow::followDevices()
{
    const auto& devices = options_.devices->devices();
    if (devices.empty())
        return;
    if (!std::exchange(knowsDevices_, true)) {
        auto wanted = document_.settings();
        wanted.device = settings_.device().toStdString();
        document_.setSettings(wanted);
    }
    parameters_->setDevices(devices);
}

/// An import goes on without its dialog; while that is open, it tells itself.
void MainWindow::sayOfImport(const Message& message)
{
    const auto* dialog = findChild<ModelDialog*>();
    if (!dialog || !dialog->isVisible())
        banner_->say(message);
}

void MainWindow::cancelJob()
{
    const auto worked = document_.job().worked();
    if (!document_.job().active() || worked < workWorthAsking) {
        document_.job().cancel();
        return;
    }
    ask(*this,
        {.text = tr("Cancel this restoration?"),
         .advice = tr("%1 of work are lost. Pause keeps them.").arg(durationText(worked)),
         .proceed = tr("Cancel it"),
         .stay = tr("Go on")},
        [this] { document_.job().cancel(); });
}

void MainWindow::showDialog(QDialog* dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::refreshActions()
{
    const bool photo = document_.photo() != nullptr;
    const auto* job = document_.job().active();
    const auto enable = [this](ActionId id, bool on) {
        actions_[id].setEnabled(on);
    };
    for (const auto id : {ActionId::AfterOnly, ActionId::Split, ActionId::SideBySide,
                          ActionId::TopBottom, ActionId::Swap, ActionId::Before,
                          ActionId::FitOrFull, ActionId::Fit, ActionId::Zoom100, ActionId::Zoom200,
                          ActionId::ZoomIn, ActionId::ZoomOut, ActionId::Hand, ActionId::Rectangle})
        enable(id, photo);
    enable(ActionId::Run, document_.canRun() && files_->opening().isEmpty());
    enable(ActionId::Pause, job && !job->cancelling);
    enable(ActionId::Cancel, job && !job->cancelling);
    actions_[ActionId::Pause].setChecked(job && job->paused);
    enable(ActionId::Export, document_.restoration() && !files_->isExporting());
    enable(ActionId::Invention, document_.restoration() != nullptr);
    enable(ActionId::WholePhoto, !job && document_.region());
    enable(ActionId::Undo, !job && document_.history().canUndo());
    enable(ActionId::Redo, !job && document_.history().canRedo());
    const auto& steps = document_.steps();
    enable(ActionId::PreviousStep, steps.isUsable() && steps.position() > steps.first());
    enable(ActionId::NextStep, steps.isUsable() && steps.position() < steps.last());
    enable(ActionId::KeepStep, document_.canKeepStep());
}

void MainWindow::refreshRecentFiles()
{
    const auto files = settings_.recentFiles();
    welcome_->setRecentFiles(files);
    recent_->clear();
    recent_->setEnabled(!files.isEmpty());
    for (const auto& file : files) {
        QString name = QFileInfo(file).fileName();
        auto* action = recent_->addAction(name.replace(u'&', QStringLiteral("&&")));
        action->setToolTip(file);
        connect(action, &QAction::triggered, this, [this, file] { open(toPath(file)); });
    }
    recent_->addSeparator();
    connect(recent_->addAction(tr("&Clear List")), &QAction::triggered, this, [this] {
        settings_.clearRecentFiles();
        refreshRecentFiles();
    });
}

void MainWindow::refreshBusy()
{
    const QString opening = files_->opening();
    welcome_->setBusyWith(opening);
    if (!opening.isEmpty() && document_.photo())
        banner_->say({.tone = Tone::Notice, .text = tr("Opening %1 …").arg(opening)});
    else if (files_->isExporting())
        banner_->say({.tone = Tone::Notice, .text = tr("Exporting …")});
    refreshActions();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!draggedFile(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QString file = draggedFile(*event->mimeData());
    if (file.isEmpty())
        return;
    event->acceptProposedAction();
    open(toPath(file));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    settings_.setWindowGeometry(saveGeometry());
    const bool losesWork = files_->wouldLoseWork() || models_.importing();
    if (!files_->isExporting() && (mayClose_ || !losesWork)) {
        QMainWindow::closeEvent(event);
        return;
    }
    event->ignore();
    if (files_->isExporting()) {
        banner_->say(
            {.tone = Tone::Notice, .text = tr("Limpid closes as soon as the photo is exported.")});
        files_->whenExported([this] { close(); });
        return;
    }
    files_->whenNothingIsLost([this] {
        whenNoImportIsLost([this] {
            mayClose_ = true;
            close();
        });
    });
}

void MainWindow::whenNoImportIsLost(const std::function<void()>& proceed)
{
    if (!models_.importing()) {
        proceed();
        return;
    }
    ask(*this,
        {.text = tr("A model is being imported."),
         .advice = tr("What is written of it so far is lost. Its file is unchanged."),
         .proceed = tr("Cancel the import"),
         .stay = tr("Go on")},
        proceed);
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        actions_[ActionId::FullScreen].setChecked(isFullScreen());
}

} // namespace limpid::ui
