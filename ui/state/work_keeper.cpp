// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/work_keeper.h"

#include "core/base/log.h"
#include "ui/state/file_path.h"
#include "ui/state/in_background.h"

#include <QDateTime>
#include <QDir>
#include <QUuid>

#include <mutex>

namespace limpid::ui {

namespace {

constexpr int daysKept = 30;
const QString nameFilter = QStringLiteral("work-*.limpid");

std::filesystem::path freshName(const std::filesystem::path& folder)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    return folder / QStringLiteral("work-%1.limpid").arg(id).toStdString();
}

/// Of the same name as the file; free as soon as the program that held it is gone.
std::unique_ptr<QLockFile> lockOf(const std::filesystem::path& file)
{
    auto lock = std::make_unique<QLockFile>(toText(file) + QStringLiteral(".lock"));
    lock->setStaleLockTime(0); // a restoration may take days
    return lock->tryLock() ? std::move(lock) : nullptr;
}

void note(const std::string& text)
{
    writeLog(LogLevel::Warning, LogCategory::Interface, text);
}

} // namespace

struct WorkKeeper::Place {
    explicit Place(std::filesystem::path where) : file(std::move(where)) {}

    Result<void> write(const SavedWork& work)
    {
        const std::scoped_lock guard(mutex);
        return closed ? Result<void>{} : writeWork(work, file);
    }

    void remove(bool forGood)
    {
        const std::scoped_lock guard(mutex); // a write that is under way comes to its end
        closed = closed || forGood;
        QFile::remove(toText(file));
    }

    const std::filesystem::path file;
    std::mutex mutex;
    bool closed = false;
};

WorkKeeper::WorkKeeper(Document& document, std::filesystem::path folder, QObject* parent)
    : QObject(parent), document_(document), folder_(std::move(folder))
{
    if (folder_.empty())
        return;
    if (!QDir().mkpath(toText(folder_))) {
        note("results are not kept for the case of a crash: cannot make " + folder_.string());
        return;
    }
    place_ = std::make_shared<Place>(freshName(folder_));
    connect(&document_, &Document::restorationChanged, this, &WorkKeeper::follow);
}

WorkKeeper::~WorkKeeper()
{
    if (place_)
        place_->remove(true);
}

void WorkKeeper::follow()
{
    wanted_ = document_.restoration();
    if (!writing_)
        write();
}

void WorkKeeper::forget()
{
    wanted_.reset();
    if (place_ && !writing_)
        write();
}

void WorkKeeper::write()
{
    if (wanted_ == kept_)
        return;
    if (!wanted_) {
        kept_.reset();
        place_->remove(false);
        return;
    }
    writing_ = true;
    if (!lock_)
        lock_ = lockOf(place_->file);
    const SavedWork work{
        document_.photo()->path, {}, wanted_, document_.region(), document_.strength()};
    inBackground(
        this, [place = place_, work] { return place->write(work); },
        [this, what = wanted_](const Result<void>& outcome) { finish(what, outcome); });
}

void WorkKeeper::finish(const RestorationPtr& what, const Result<void>& outcome)
{
    writing_ = false;
    kept_ = what;
    if (!outcome)
        note("the result is not kept for the case of a crash: " + outcome.error().detail);
    if (wanted_ != kept_)
        write();
    else if (outcome)
        Q_EMIT written();
}

std::optional<std::filesystem::path> WorkKeeper::leftBehind()
{
    if (folder_.empty())
        return std::nullopt;
    const auto oldest = QDateTime::currentDateTime().addDays(-daysKept);
    const auto files = QDir(toText(folder_)).entryInfoList({nameFilter}, QDir::Files, QDir::Time);
    for (const auto& file : files) {
        auto lock = lockOf(toPath(file.filePath()));
        if (!lock)
            continue;
        if (file.lastModified() < oldest) {
            QFile::remove(file.filePath());
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
    QFile::remove(toText(found_));
    found_.clear();
    foundLock_.reset();
}

} // namespace limpid::ui
