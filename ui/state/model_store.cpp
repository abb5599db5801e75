// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/model_store.h"

#include "core/base/log.h"
#include "ui/state/in_background.h"

#include <algorithm>
#include <atomic>

namespace limpid::ui {

namespace {

constexpr int pollMilliseconds = 100;
constexpr std::uint64_t whole = 100;

using Outcome = Result<std::optional<checkpoint::ImportReport>>; // no report: cancelled

} // namespace

/// Shared with the worker, since the store may be gone before it ends.
struct ModelStore::Watched {
    std::atomic<checkpoint::ImportStage> stage{checkpoint::ImportStage::Verifying};
    std::atomic<int> percent{0};
};

ModelStore::ModelStore(ModelFolders folders, Settings& settings, Import import, QObject* parent)
    : QObject(parent), folders_(std::move(folders)), settings_(settings), import_(std::move(import))
{
    if (!import_)
        import_ = checkpoint::importCheckpoint;
    poll_.setInterval(pollMilliseconds);
    connect(&poll_, &QTimer::timeout, this, &ModelStore::readProgress);
    refresh();
}

ModelStore::~ModelStore()
{
    cancel_.requestCancel();
}

void ModelStore::refresh()
{
    models_.clear();
    addModels(folders_.own, /*areImported=*/false);
    addModels(folders_.user, /*areImported=*/true);
    Q_EMIT changed();
}

void ModelStore::addModels(const std::filesystem::path& folder, bool areImported)
{
    if (folder.empty())
        return;
    const auto catalog = checkpoint::Catalog::read(folder);
    if (!catalog) {
        // A folder without a catalog holds no models; a damaged one says so when a model is needed.
        if (catalog.error().code != ErrorCode::ModelMissing)
            writeLog(LogLevel::Warning, LogCategory::Interface, catalog.error().detail);
        return;
    }
    for (const auto& entry : catalog->entries())
        models_.push_back(
            {.entry = entry, .state = catalog->presence(entry), .isImported = areImported});
}

void ModelStore::import(const std::filesystem::path& source, checkpoint::ImportPrecision precision)
{
    if (!canImport())
        return;
    cancel_ = CancelSource();
    watched_ = std::make_shared<Watched>();
    importing_ = ImportState{.source = source};
    const checkpoint::ImportOptions options{
        .folder = folders_.user,
        .precision = precision,
        .token = cancel_.token(),
        .progress = [watched = watched_](const checkpoint::ImportProgress& progress) {
            const auto total = std::max<std::uint64_t>(progress.total, 1);
            watched->stage = progress.stage;
            watched->percent = static_cast<int>(progress.done * whole / total);
        }};
    inBackground(
        this,
        [import = import_, source, options]() -> Outcome {
            try {
                auto report = import(source, options);
                if (!report)
                    return tl::unexpected(report.error());
                return std::move(*report);
            } catch (const Cancelled&) {
                return std::nullopt;
            }
        },
        [this](const Outcome& outcome) { finish(outcome); });
    poll_.start();
    Q_EMIT importChanged();
}

void ModelStore::readProgress()
{
    importing_->stage = watched_->stage;
    importing_->percent = watched_->percent;
    Q_EMIT importChanged();
}

void ModelStore::cancelImport()
{
    if (!importing_)
        return;
    cancel_.requestCancel();
    importing_->cancelling = true;
    Q_EMIT importChanged();
}

void ModelStore::finish(const Outcome& outcome)
{
    poll_.stop();
    importing_.reset();
    refresh();
    Q_EMIT importChanged();
    if (!outcome)
        Q_EMIT importFailed(outcome.error());
    else if (*outcome)
        Q_EMIT imported(**outcome);
}

void ModelStore::remove(const std::string& id)
{
    for (const auto& model : models_)
        if (model.isImported && model.entry.id == id && chosen(model.entry.method) == id)
            choose(model.entry.method, {});
    const auto removed = checkpoint::removeFromCatalog(folders_.user, id);
    refresh();
    if (!removed)
        Q_EMIT removeFailed(removed.error());
}

const InstalledModel* ModelStore::find(const std::string& method, const std::string& id) const
{
    const auto found = std::find_if(models_.begin(), models_.end(), [&](const auto& model) {
        return model.entry.method == method && model.entry.id == id;
    });
    return found == models_.end() ? nullptr : &*found;
}

bool ModelStore::has(const std::string& method, const std::string& id) const
{
    const auto* model = find(method, id);
    return model && model->state != checkpoint::ModelState::Missing;
}

std::string ModelStore::chosen(const std::string& method) const
{
    const auto id = settings_.chosenModel(QString::fromStdString(method)).toStdString();
    return find(method, id) ? id : std::string();
}

std::string ModelStore::defaultModel(const std::string& method) const
{
    const auto first = std::find_if(models_.begin(), models_.end(), [&](const auto& model) {
        return model.entry.method == method;
    });
    return first == models_.end() ? std::string() : first->entry.id;
}

std::string ModelStore::inUse(const std::string& method) const
{
    const auto id = chosen(method);
    return id.empty() ? defaultModel(method) : id;
}

std::optional<int> ModelStore::preferredSteps(const std::string& method) const
{
    const auto id = inUse(method);
    for (const auto& [entry, state, isImported] : models_)
        if (entry.method == method && entry.id == id && entry.steps > 0)
            return entry.steps;
    return std::nullopt;
}

void ModelStore::choose(const std::string& method, const std::string& id)
{
    settings_.setChosenModel(QString::fromStdString(method), QString::fromStdString(id));
    Q_EMIT chosenChanged(method, id);
    Q_EMIT changed();
}

} // namespace limpid::ui
