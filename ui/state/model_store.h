// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/checkpoint_import.h"
#include "ui/state/settings.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace limpid::ui {

/// Where models lie; either may be empty or not there.
struct ModelFolders {
    std::filesystem::path own{};  ///< Came with the program; never changed.
    std::filesystem::path user{}; ///< Receives imports.
};

struct InstalledModel {
    checkpoint::CatalogEntry entry;
    checkpoint::ModelState state = checkpoint::ModelState::Missing; ///< By the file's size.
    bool isImported = false;
};

/// What the running import does.
struct ImportState {
    std::filesystem::path source{};
    checkpoint::ImportStage stage = checkpoint::ImportStage::Verifying;
    int percent = 0; ///< Of the stage.
    bool cancelling = false;
};

/// The models of both folders, which of them each method uses, and at most one import, which runs
/// in the background and goes on without a dialog. GUI thread; has no widgets.
class ModelStore : public QObject {
    Q_OBJECT
public:
    using Import = std::function<Result<checkpoint::ImportReport>(
        const std::filesystem::path& source, const checkpoint::ImportOptions& options)>;

    /// The settings outlive the store. An empty `import` stands for importCheckpoint.
    ModelStore(ModelFolders folders, Settings& settings, Import import = {},
               QObject* parent = nullptr);
    /// Asks a running import to stop and does not wait for it.
    ~ModelStore() override;

    const std::vector<InstalledModel>& models() const { return models_; }
    /// Reads the catalogs again.
    void refresh();

    bool canImport() const { return !folders_.user.empty() && !importing_; }
    const ImportState* importing() const { return importing_ ? &*importing_ : nullptr; }
    void import(const std::filesystem::path& source, checkpoint::ImportPrecision precision);
    void cancelImport();

    /// Deletes an imported model.
    void remove(const std::string& id);

    /// Whether there is one with this catalog id for this method, and its file.
    bool has(const std::string& method, const std::string& id) const;
    /// The catalog id that a method uses; empty: its default.
    std::string chosen(const std::string& method) const;
    /// The first that is listed. Empty: there is none.
    std::string defaultModel(const std::string& method) const;
    /// The chosen one, else the default.
    std::string inUse(const std::string& method) const;
    void choose(const std::string& method, const std::string& id);
    /// The steps of a run that the model in use prefers; none: the method's own.
    std::optional<int> preferredSteps(const std::string& method) const;

Q_SIGNALS:
    void changed(); ///< models() is another.
    void importChanged();
    void imported(const checkpoint::ImportReport& report);
    void importFailed(const Error& error);
    void removeFailed(const Error& error);
    void chosenChanged(const std::string& method, const std::string& id);

private:
    struct Watched; ///< What the background tells about an import.

    const InstalledModel* find(const std::string& method, const std::string& id) const;
    void addModels(const std::filesystem::path& folder, bool areImported);
    void readProgress();
    void finish(const Result<std::optional<checkpoint::ImportReport>>& outcome);

    ModelFolders folders_;
    Settings& settings_;
    Import import_;
    std::vector<InstalledModel> models_;
    std::optional<ImportState> importing_;
    CancelSource cancel_; ///< Of the import that runs.
    std::shared_ptr<Watched> watched_;
    QTimer poll_;
};

} // namespace limpid::ui
