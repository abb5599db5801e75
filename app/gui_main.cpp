// SPDX-License-Identifier: GPL-3.0-or-later
// The graphical program: puts engine, window and settings together.
#include "app/models_folder.h"
#include "app/passive_threads.h"
#include "app/user_folders.h"
#include "core/base/log.h"
#include "core/inference/make_runner.h"
#include "ui/line_icon.h"
#include "ui/main_window.h"
#include "ui/state/device_list.h"
#include "ui/state/engine_bridge.h"
#include "ui/state/settings.h"
#include "ui/theme.h"
#include "ui/translations.h"

#include <CLI/CLI.hpp>

#include <QApplication>
#include <QSettings>
#include <QTimer>

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

namespace limpid::app {

namespace {

struct GuiOptions {
    std::string photo{};    ///< Bytes as given: it need not be UTF-8.
    std::string language{}; ///< Empty: LIMPID_LANG, else the system's.
    std::string models{};   ///< Empty: beside the program, else the source tree's.
};

/// The exit code, when the command line alone decides it (--help, a mistake).
std::optional<int> parse(int argc, char** argv, GuiOptions& options)
{
    CLI::App parser("Restores blurred photographs.", "limpid");
    parser.add_option("photo", options.photo, "Photo to open");
    parser.add_option("--lang", options.language, "Language, e.g. de or en");
    parser.add_option("--models", options.models, "Folder with catalog.json and the weights");
    parser.set_version_flag("--version", std::string(LIMPID_VERSION));
    try {
        parser.parse(argc, argv);
    } catch (const CLI::ParseError& outcome) {
        return parser.exit(outcome);
    }
    return std::nullopt;
}

/// The sample lies beside the models when installed, and in resources/ of the source tree.
std::filesystem::path sampleBeside(const std::filesystem::path& models)
{
    const auto home = models.parent_path();
    std::error_code ignored;
    for (const auto& sample : {home / "sample.jpg", home / "resources" / "sample.jpg"})
        if (std::filesystem::exists(sample, ignored))
            return sample;
    return {};
}

int run(QApplication& application, const GuiOptions& options)
{
    ui::installTranslations(application, QString::fromStdString(options.language));
    QSettings store(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("limpid"),
                    QStringLiteral("limpid"));
    ui::Settings settings(store);
    ui::ThemeSwitch theme(application);
    theme.apply(settings.theme());

    const auto own = ownModelsFolder();
    ui::DeviceList devices; // the bridge's thread reports to it
    const inference::RunnerOptions runner{
        .modelsFolder = options.models.empty() ? own : std::filesystem::path(options.models),
        .userModels = userModelsFolder(),
        .devicesChanged = [&devices](const auto& found) {
            devices.report(found);
        }};
    ui::EngineBridge bridge([runner] { return inference::makeTorchRunner(runner); });
    ui::MainWindow window(bridge, settings, theme,
                          {.methods = inference::methodSpecs(),
                           .samplePhoto = sampleBeside(own),
                           .models = {.own = runner.modelsFolder, .user = runner.userModels},
                           .devices = &devices,
                           .work = userWorkFolder()});
    window.show();
    if (!options.photo.empty())
        window.open(options.photo);
    // The inference thread starts once the window is there: building a runner takes a moment.
    QTimer::singleShot(0, &bridge, [&bridge] { bridge.start(); });
    return QApplication::exec();
}

} // namespace

} // namespace limpid::app

int main(int argc, char** argv)
{
    limpid::app::sleepBetweenWork(argv);
    limpid::setLogSink([](limpid::LogLevel, std::string_view,
                          std::string_view text) { std::cerr << "limpid: " << text << std::endl; },
                       limpid::LogLevel::Warning);
    QApplication application(argc, argv); // takes Qt's own options out of argv
    QApplication::setApplicationName(QStringLiteral("Limpid"));
    QApplication::setApplicationVersion(QStringLiteral(LIMPID_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("limpid"));
    QApplication::setWindowIcon(limpid::ui::programMark());
    limpid::app::GuiOptions options;
    if (const auto decided = limpid::app::parse(argc, argv, options))
        return *decided;
    return limpid::app::run(application, options);
}
