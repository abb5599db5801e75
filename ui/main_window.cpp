// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/canvas_link.h"
#include "ui/panels/parameter_panel.h"
#include "ui/panels/progress_panel.h"
#include "ui/panels/step_panel.h"
#include "ui/panels/welcome_panel.h"
#include "ui/peek_key.h"
#include "ui/state/file_path.h"
#include "ui/state/format_text.h"
#include "ui/status_line.h"
#include "ui/view/compare_view.h"
#include "ui/window_menus.h"
#include "ui/work_rescue.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolBar>

#include <array>
#include <utility>

namespace limpid::ui {

namespace {

constexpr int sideWidth = 312;
constexpr QSize firstSize(1280, 800);
constexpr QSize smallestSize(880, 560);
constexpr QSize frame(16, 48); // what a window manager adds, about
constexpr int iconSide = 20;

constexpr std::array<std::pair<ActionId, CompareMode>, 4> modes{{
    {ActionId::AfterOnly, CompareMode::AfterOnly},
    {ActionId::Split, CompareMode::Split},
    {ActionId::SideBySide, CompareMode::SideBySide},
    {ActionId::TopBottom, CompareMode::TopBottom},
}};
constexpr std::array<std::pair<ActionId, Theme>, 3> themes{{
    {ActionId::ThemeSystem, Theme::System},
    {ActionId::ThemeLight, Theme::Light},
    {ActionId::ThemeDark, Theme::Dark},
}};

} // namespace

MainWindow::MainWindow(EngineBridge& bridge, Settings& settings, ThemeSwitch& theme,
                       const WindowOptions& options)
    : settings_(settings), theme_(theme), options_(options), document_(bridge),
      keeper_(document_, options.work), models_(options.models, settings), actions_(this)
{
    setWindowTitle(QStringLiteral("Limpid"));
    setAcceptDrops(true);
    setMinimumSize(smallestSize);
    resize(firstSize.boundedTo(screen()->availableSize() - frame)); // Run must be in sight
    files_ = new FileFlow(document_, settings_, keeper_.noting(options_.read), *this);
    peek_ = new PeekKey(*this);
    arrange();
    auto* link = new CanvasLink(document_, *view_, this);
    link->setMethods(options_.methods);
    connect(&actions_[ActionId::KernelPane], &QAction::toggled, link, &CanvasLink::setKernelShown);
    actions_[ActionId::KernelPane].setChecked(true);
    connectFiles();
    connectWork();
    connectCanvas();
    connectModes();
    connectRun();
    connectWindow();
    connectModels();
    connectDevices();
    refreshRecentFiles();
    refreshActions();
    restoreGeometry(settings_.windowGeometry());
    view_->setFocus();
}

// Panels and canvas refer to the document, which is gone before Qt deletes its children.
MainWindow::~MainWindow()
{
    delete takeCentralWidget();
}

void MainWindow::open(const std::filesystem::path& path)
{
    files_->open(path);
}

void MainWindow::arrange()
{
    recent_ = new QMenu(tr("Open &Recent"), this);
    fillMenuBar(*menuBar(), actions_, *recent_);
    auto* tools = addToolBar(tr("Tools"));
    tools->setMovable(false);
    tools->setContextMenuPolicy(Qt::PreventContextMenu);
    tools->setIconSize({iconSide, iconSide});
    fillToolBar(*tools, actions_);
    status_ = new StatusLine(this);
    setStatusBar(status_);

    auto* center = new QWidget;
    auto* columns = new QHBoxLayout(center);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(buildCanvasColumn(), 1);
    columns->addWidget(buildSidePanel());
    setCentralWidget(center);
}

QWidget* MainWindow::buildCanvasColumn()
{
    banner_ = new MessageBanner;
    welcome_ = new WelcomePanel(actions_[ActionId::Open], !options_.samplePhoto.empty());
    view_ = new CompareView;
    pages_ = new QStackedWidget;
    pages_->addWidget(welcome_);
    pages_->addWidget(view_);
    auto* steps =
        new StepPanel(document_, {actions_[ActionId::PreviousStep], actions_[ActionId::NextStep],
                                  actions_[ActionId::KeepStep]});
    auto* column = new QWidget;
    auto* rows = new QVBoxLayout(column);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(banner_);
    rows->addWidget(pages_, 1);
    rows->addWidget(steps);
    return column;
}

QWidget* MainWindow::buildSidePanel()
{
    auto* scroll = new QScrollArea;
    parameters_ = new ParameterPanel(options_.methods, document_, actions_[ActionId::Rectangle]);
    scroll->setWidget(parameters_);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* progress =
        new ProgressPanel(document_, {actions_[ActionId::Run], actions_[ActionId::Pause],
                                      actions_[ActionId::Cancel]});
    side_ = new QFrame;
    side_->setObjectName(QStringLiteral("sidePanel"));
    side_->setFixedWidth(sideWidth);
    auto* rows = new QVBoxLayout(side_);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(scroll, 1);
    rows->addWidget(progress);
    return side_;
}

void MainWindow::bind(ActionId id, std::function<void()> effect)
{
    connect(&actions_[id], &QAction::triggered, this, std::move(effect));
}

void MainWindow::connectFiles()
{
    bind(ActionId::Open, [this] { files_->openWithDialog(); });
    bind(ActionId::Export, [this] { files_->exportWithDialog(); });
    connect(files_, &FileFlow::said, banner_, &MessageBanner::say);
    connect(files_, &FileFlow::busyChanged, this, &MainWindow::refreshBusy);
    connect(files_, &FileFlow::recentFilesChanged, this, &MainWindow::refreshRecentFiles);
    connect(files_, &FileFlow::opened, banner_, &QWidget::hide);
    connect(welcome_, &WelcomePanel::sampleRequested, this, [this] { open(options_.samplePhoto); });
    connect(welcome_, &WelcomePanel::fileRequested, this,
            [this](const QString& file) { open(toPath(file)); });
    connect(&document_, &Document::photoChanged, this, [this] {
        const auto& photo = *document_.photo();
        pages_->setCurrentWidget(view_);
        status_->setPhoto(photo);
        setWindowTitle(tr("%1 – Limpid").arg(fileName(photo.path)));
        view_->setFocus();
    });
}

void MainWindow::connectWork()
{
    connect(files_, &FileFlow::exported, this, [this] {
        if (!files_->wouldLoseWork())
            keeper_.forget();
    });
    auto* rescue = new WorkRescue(document_, *files_, keeper_, this);
    connect(rescue, &WorkRescue::said, banner_, &MessageBanner::say);
    rescue->offer();
}

void MainWindow::connectCanvas()
{
    bind(ActionId::Swap, [this] { view_->swapSides(); });
    bind(ActionId::FitOrFull, [this] { view_->toggleFit(); });
    bind(ActionId::Fit, [this] { view_->zoomToFit(); });
    bind(ActionId::Zoom100, [this] { view_->zoomTo(1); });
    bind(ActionId::Zoom200, [this] { view_->zoomTo(2); });
    bind(ActionId::ZoomIn, [this] { view_->zoomIn(); });
    bind(ActionId::ZoomOut, [this] { view_->zoomOut(); });
    bind(ActionId::Hand, [this] { view_->setTool(Tool::Hand); });
    bind(ActionId::Rectangle, [this] { view_->setTool(Tool::Rectangle); });
    actions_[ActionId::Hand].setChecked(true);
    view_->setTool(Tool::Hand);
    connect(view_, &CompareView::zoomChanged, status_, &StatusLine::setZoom);
    connect(view_, &CompareView::cursorMoved, status_, &StatusLine::setCursorPosition);
    connect(&actions_[ActionId::Invention], &QAction::toggled, view_,
            &CompareView::setInventionShown);
    connect(peek_, &PeekKey::changed, view_, &CompareView::setBeforePeek);
    connect(peek_, &PeekKey::changed, &actions_[ActionId::Before], &QAction::setChecked);
    connect(&actions_[ActionId::Before], &QAction::toggled, peek_, &PeekKey::setShowing);
}

void MainWindow::connectModes()
{
    const int wanted = settings_.compareMode(static_cast<int>(CompareMode::Split));
    for (const auto& [id, mode] : modes) {
        bind(id, [this, mode = mode] {
            view_->setMode(mode);
            settings_.setCompareMode(static_cast<int>(mode));
        });
        if (static_cast<int>(mode) == wanted)
            actions_[id].trigger();
    }
    for (const auto& [id, theme] : themes) {
        actions_[id].setChecked(settings_.theme() == theme);
        bind(id, [this, theme = theme] {
            settings_.setTheme(theme);
            theme_.apply(theme);
        });
    }
}

void MainWindow::connectRun()
{
    auto& job = document_.job();
    auto& steps = document_.steps();
    bind(ActionId::Run, [this] {
        banner_->hide();
        document_.run();
    });
    bind(ActionId::Pause,
         [this] { document_.job().setPaused(actions_[ActionId::Pause].isChecked()); });
    bind(ActionId::Cancel, [this] { cancelJob(); });
    bind(ActionId::PreviousStep, [&steps] { steps.show(steps.position() - 1); });
    bind(ActionId::NextStep, [&steps] { steps.show(steps.position() + 1); });
    bind(ActionId::KeepStep, [this] { document_.keepStep(); });
    bind(ActionId::WholePhoto, [this] { document_.setRegion(std::nullopt); });
    bind(ActionId::Undo, [this] { document_.history().undo(); });
    bind(ActionId::Redo, [this] { document_.history().redo(); });
    connect(&job, &RestorationRun::broken, banner_,
            [this](const Error& error) { banner_->say(problemMessage(error)); });
    connect(&job, &RestorationRun::degraded, banner_, [this](const engine::Degraded& notice) {
        banner_->say({.tone = Tone::Warning, .text = degradationText(notice.what)});
    });
    connect(&job, &RestorationRun::succeeded, status_,
            [this](const RestorationPtr& made) { status_->setDevice(made->device); });
    connect(&job, &RestorationRun::stateChanged, this, &MainWindow::refreshActions);
    connect(&steps, &StepScrubber::changed, this, &MainWindow::refreshActions);
    connect(&document_, &Document::photoChanged, this, &MainWindow::refreshActions);
    connect(&document_, &Document::regionChanged, this, &MainWindow::refreshActions);
    connect(&document_, &Document::restorationChanged, this, &MainWindow::refreshActions);
    connect(&document_.history(), &QUndoStack::indexChanged, this, &MainWindow::refreshActions);
}

} // namespace limpid::ui
