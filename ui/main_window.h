// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/method_spec.h"
#include "ui/actions.h"
#include "ui/file_flow.h"
#include "ui/state/document.h"
#include "ui/state/model_store.h"
#include "ui/state/work_keeper.h"
#include "ui/theme.h"

#include <QMainWindow>

#include <filesystem>
#include <vector>

class QMenu;
class QStackedWidget;

namespace limpid::ui {

class CompareView;
class DeviceList;
class ParameterPanel;
class PeekKey;
class StatusLine;
class WelcomePanel;

/// What the window is told by the program that makes it.
struct WindowOptions {
    std::vector<engine::MethodSpec> methods{};
    std::filesystem::path samplePhoto{}; ///< Empty: none is offered.
    PhotoLoader::Read read{};            ///< Empty: image::readPhoto.
    ModelFolders models{};               ///< What the model dialog shows.
    const DeviceList* devices = nullptr; ///< Outlives the window. Null: no choice is offered.
    std::filesystem::path work{};        ///< For results, in case of a crash. Empty: not kept.
};

/// Arranges canvas, panels, menus and messages, and connects them; decides nothing itself.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// All references outlive the window.
    MainWindow(EngineBridge& bridge, Settings& settings, ThemeSwitch& theme,
               const WindowOptions& options);
    ~MainWindow() override;

    void open(const std::filesystem::path& path);

    Document& document() { return document_; }
    const Actions& actions() const { return actions_; }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildCanvasColumn();
    QWidget* buildSidePanel();
    void arrange();
    void connectFiles();
    void connectWork();
    void connectCanvas();
    void connectModes();
    void connectRun();
    void connectWindow();
    void connectModels();
    void connectDevices();
    void followDevices();
    void refreshActions();
    void refreshRecentFiles();
    void refreshBusy();
    void bind(ActionId id, std::function<void()> effect);
    void cancelJob();
    void goToNextArea();
    void whenNoImportIsLost(const std::function<void()>& proceed);
    void sayOfImport(const Message& message);
    void showDialog(QDialog* dialog);

    Settings& settings_;
    ThemeSwitch& theme_;
    const WindowOptions options_;
    Document document_;
    WorkKeeper keeper_;
    ModelStore models_;
    Actions actions_;
    FileFlow* files_ = nullptr;
    MessageBanner* banner_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    WelcomePanel* welcome_ = nullptr;
    CompareView* view_ = nullptr;
    ParameterPanel* parameters_ = nullptr;
    QWidget* side_ = nullptr;
    StatusLine* status_ = nullptr;
    QMenu* recent_ = nullptr;
    PeekKey* peek_ = nullptr;
    bool knowsDevices_ = false;
    bool mayClose_ = false; // the user agreed to lose what is not finished
};

} // namespace limpid::ui
