// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/document.h"
#include "ui/state/photo_checksums.h"
#include "ui/state/saved_work.h"

#include <QLockFile>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

namespace limpid::ui {

/// Keeps the results on the photo in a file of the user's, which nothing but a crash leaves behind:
/// it is gone when the program ends, and when forget() says that nothing would be lost. Finds what
/// other programs left behind in the same folder. Writes in Qt's pool, one file at a time; where it
/// cannot, the log says so and the work goes on. A change of region or strength is written a moment
/// later, without the pixels. GUI thread; has no widgets.
class WorkKeeper : public QObject {
    Q_OBJECT
public:
    /// From a change of the view to its writing: a slider that is dragged is written twice a
    /// second.
    static constexpr std::chrono::milliseconds viewDelay{500};

    /// The document outlives it. An empty folder: nothing is kept. Made when it is not there.
    WorkKeeper(Document& document, std::filesystem::path folder,
               std::chrono::milliseconds delay = viewDelay, QObject* parent = nullptr);
    ~WorkKeeper() override;

    /// How photos shall be read (see PhotoChecksums): results on others are not kept, for nobody
    /// could tell later whether they belong to the file.
    PhotoLoader::Read noting(PhotoLoader::Read read) const;
    /// Of the open photo's file, as it was opened; empty when it was not read by noting().
    const std::string& checksum() const { return checksum_; }

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
    void written(); ///< The newest results are in the file, and how they were shown a moment ago.

private:
    /// Shared with a write in the pool, which may outlive the keeper.
    struct Place;

    void follow();
    void followView();
    WorkView view() const;
    void write();
    void finish(bool wasNewResult, const Result<void>& outcome);
    void noteFailure(bool wasNewResult, const Error& error);
    void letGoOfTheTakenOver();

    Document& document_;
    std::filesystem::path folder_;
    std::shared_ptr<Place> place_;
    std::unique_ptr<QLockFile> lock_; ///< Held from the first write on.
    std::filesystem::path found_;
    std::unique_ptr<QLockFile> foundLock_;
    bool takenOver_ = false;
    PhotoChecksums checksums_;
    std::string checksum_;
    RestorationPtr wanted_; ///< What is to be kept; null: nothing.
    RestorationPtr kept_;   ///< What is in the file, or on its way there.
    WorkView keptView_;
    QTimer soon_; ///< Until changes of the view are written.
    bool writing_ = false;
    bool viewFailed_ = false; ///< And the log says so.
    bool isInFile_ = false;   ///< kept_ was written; else a view would be of other results.
};

} // namespace limpid::ui
