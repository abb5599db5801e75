// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/work_keeper.h"

#include "core/base/log.h"
#include "ui/state/file_path.h"
#include "ui/state/in_background.h"

#include <QDateTime>
#include <QDir>
#include <QUuid>

#include <mutex>
#include <utility>

namespace limpid::ui {

namespace {

constexpr int daysKept = 30;
const QString fileEnding = QStringLiteral(".limpid");
const QString lockEnding = QStringLiteral(".lock");
const QString nameFilter = QStringLiteral("work-*.limpid");

std::filesystem::path freshName(const std::filesystem::path& folder)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    return folder / QStringLiteral("work-%1.limpid").arg(id).toStdString();
}

/// Of the same name as the file; free as soon as the program that held it is gone.
std::unique_ptr<QLockFile> lockOf(const std::filesystem::path& file)
{
    auto lock = std::make_unique<QLockFile>(toText(file) + lockEnding);
    lock->setStaleLockTime(0); // a restoration may take days
    return lock->tryLock() ? std::move(lock) : nullptr;
}

/// Locks and half-written files of programs that ended during their first write.
void sweep(const QString& folder)
{
    const QDir dir(folder);
    for (const QString& name : dir.entryList({nameFilter + QStringLiteral(".*")}, QDir::Files)) {
        const QString file = dir.filePath(name.left(name.indexOf(fileEnding) + fileEnding.size()));
        if (QFile::exists(file))
            continue;
        if (const auto lock = lockOf(toPath(file)); lock && !name.endsWith(lockEnding))
            QFile::remove(dir.filePath(name));
    }
}

void note(const std::string& text)
{
    writeLog(LogLevel::Warning, LogCategory::Interface, text);
}

} // namespace

struct WorkKeeper::Place {
    explicit Place(std::filesystem::path where) : file(std::move(where)) {}

    Result<void> write(const SavedWork& work, bool isNewView)
    {
        const std::scoped_lock guard(mutex);
        try {
            closing.token().throwIfRequested();
            return isNewView ? writeView(work.view, file) : writeWork(work, file, closing.token());
        } catch (const Cancelled&) {
            return {};
        }
    }

    void remove()
    {
        const std::scoped_lock guard(mutex); // a write that is under way comes to its end
        removeWork(file);
    }

    /// Nothing is written from now on; what is under way soon ends.
    void close()
    {
        closing.requestCancel();
        remove();
    }

    const std::filesystem::path file;
    std::mutex mutex;
    CancelSource closing;
};

WorkKeeper::WorkKeeper(Document& document, std::filesystem::path folder,
                       std::chrono::milliseconds delay, QObject* parent)
    : QObject(parent), document_(document), folder_(std::move(folder))
{
    if (folder_.empty())
        return;
    if (!QDir().mkpath(toText(folder_))) {
        note("results are not kept for the case of a crash: cannot make " + folder_.string());
        return;
    }
    place_ = std::make_shared<Place>(freshName(folder_));
    soon_.setSingleShot(true);
    soon_.setInterval(delay);
    connect(&soon_, &QTimer::timeout, this, [this] {
        if (!writing_)
            write();
    });
    connect(&document_, &Document::photoChanged, this,
            [this] { checksum_ = checksums_.of(document_.photo()->path); });
    connect(&document_, &Document::restorationChanged, this, &WorkKeeper::follow);
    connect(&document_, &Document::regionChanged, this, &WorkKeeper::followView);
    connect(&document_, &Document::strengthChanged, this, &WorkKeeper::followView);
}

WorkKeeper::~WorkKeeper()
{
    letGoOfTheTakenOver();
    if (place_)
        place_->close();
}

PhotoLoader::Read WorkKeeper::noting(PhotoLoader::Read read) const
{
    return place_ ? checksums_.noting(std::move(read)) : read;
}

void WorkKeeper::follow()
{
    wanted_ = document_.restoration();
    if (!writing_)
        write();
}

void WorkKeeper::followView()
{
    if (wanted_ && !soon_.isActive())
        soon_.start();
}

WorkView WorkKeeper::view() const
{
    return {.region = document_.region(), .strength = document_.strength()};
}

void WorkKeeper::forget()
{
    letGoOfTheTakenOver();
    wanted_.reset();
    if (place_ && !writing_)
        write();
}

void WorkKeeper::write()
{
    const bool isNewResult = wanted_ != kept_;
    if (!isNewResult && (!isInFile_ || keptView_ == view()))
        return;
    kept_ = wanted_;
    isInFile_ = !isNewResult;
    if (!wanted_) {
        place_->remove();
        return;
    }
    keptView_ = view();
    writing_ = true;
    if (!lock_)
        lock_ = lockOf(place_->file);
    const SavedWork work{document_.photo()->path, checksum_, wanted_, keptView_};
    inBackground(
        this, [place = place_, work, isNewResult] { return place->write(work, !isNewResult); },
        [this, isNewResult](const Result<void>& outcome) { finish(isNewResult, outcome); });
}

void WorkKeeper::finish(bool wasNewResult, const Result<void>& outcome)
{
    writing_ = false;
    isInFile_ = isInFile_ || outcome.has_value();
    if (outcome)
        viewFailed_ = false;
    else
        noteFailure(wasNewResult, outcome.error());
    if (wanted_ != kept_) {
        write();
        return;
    }
    if (keptView_ != view())
        followView();
    if (outcome) {
        letGoOfTheTakenOver();
        Q_EMIT written();
    }
}

/// Of the view once, not at every move of a slider.
void WorkKeeper::noteFailure(bool wasNewResult, const Error& error)
{
    const auto why = error.detail + " (" + error.path.string() + ")";
    if (wasNewResult)
        note("the result is not kept for the case of a crash: " + why);
    else if (!std::exchange(viewFailed_, true))
        note("the region and strength kept for the case of a crash are older than those shown: " +
             why);
}

void WorkKeeper::letGoOfTheTakenOver()
{
    if (takenOver_)
        discardLeftBehind();
}

std::optional<std::filesystem::path> WorkKeeper::leftBehind()
{
    if (folder_.empty())
        return std::nullopt;
    sweep(toText(folder_));
    const auto oldest = QDateTime::currentDateTime().addDays(-daysKept);
    const auto files = QDir(toText(folder_)).entryInfoList({nameFilter}, QDir::Files, QDir::Time);
    for (const auto& file : files) {
        auto lock = lockOf(toPath(file.filePath()));
        if (!lock)
            continue;
        if (file.lastModified() < oldest) {
            removeWork(toPath(file.filePath()));
            continue;
        }
        found_ = toPath(file.filePath());
        foundLock_ = std::move(lock);
        return found_;
    }
    return std::nullopt;
}

void WorkKeeper::discardLeftBehind()
{
    if (found_.empty())
        return;
    removeWork(found_);
    found_.clear();
    foundLock_.reset();
    takenOver_ = false;
}

} // namespace limpid::ui
