// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/document.h"
#include "ui/state/saved_work.h"

#include <QLockFile>
#include <QObject>

#include <filesystem>
#include <memory>
#include <optional>

namespace limpid::ui {

/// Keeps the results on the photo in a file of the user's, which nothing but a crash leaves behind:
/// it is gone when the program ends, and when forget() says that nothing would be lost. Finds what
/// other programs left behind in the same folder. Writes in Qt's pool, one file at a time; where it
/// cannot, the log says so and the work goes on. The strength is that of the newest result's end.
/// GUI thread; has no widgets.
class WorkKeeper : public QObject {
    Q_OBJECT
public:
    /// The document outlives it. An empty folder: nothing is kept. Made when it is not there.
    WorkKeeper(Document& document, std::filesystem::path folder, QObject* parent = nullptr);
    ~WorkKeeper() override;

    /// The results are safe elsewhere, or nobody wants them.
    void forget();
    bool isBusy() const { return writing_; }

    /// Work of a program that has ended without taking it away; it is this keeper's from now on, so
    /// that two windows do not offer the same. What is older than a month is deleted.
    std::optional<std::filesystem::path> leftBehind();
    /// Deletes it: there is nothing in it.
    void discardLeftBehind();
    /// The document holds it again: it is deleted as soon as that was written, or need not be.
    void takeOverLeftBehind() { takenOver_ = true; }

Q_SIGNALS:
    void written(); ///< The newest results are in the file.

private:
    /// Shared with a write in the pool, which may outlive the keeper.
    struct Place;

    void follow();
    void write();
    void finish(const RestorationPtr& what, const Result<void>& outcome);
    void letGoOfTheTakenOver();

    Document& document_;
    std::filesystem::path folder_;
    std::shared_ptr<Place> place_;
    std::unique_ptr<QLockFile> lock_; ///< Held from the first write on.
    std::filesystem::path found_;
    std::unique_ptr<QLockFile> foundLock_;
    bool takenOver_ = false;
    RestorationPtr wanted_; ///< What is to be kept; null: nothing.
    RestorationPtr kept_;
    bool writing_ = false;
};

} // namespace limpid::ui
