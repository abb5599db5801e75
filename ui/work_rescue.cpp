// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/work_rescue.h"

#include "ui/state/file_path.h"
#include "ui/state/in_background.h"

#include <system_error>
#include <utility>

namespace limpid::ui {

namespace {

/// What lies on the photo again, and how it is shown.
struct Rescued {
    RestorationPtr restoration;
    WorkView view;
};

Result<Rescued> rescue(const std::filesystem::path& file, const image::Photo& photo,
                       const std::string& checksum)
{
    const auto work = readWork(file);
    if (!work)
        return tl::unexpected(work.error());
    const auto restoration = laidOnto(photo, checksum, *work);
    if (!restoration)
        return tl::unexpected(restoration.error());
    return Rescued{*restoration, work->view};
}

/// Work of an older version may name its photo by a relative path.
bool areSame(const std::filesystem::path& a, const std::filesystem::path& b)
{
    std::error_code error;
    return a == b || std::filesystem::equivalent(a, b, error);
}

} // namespace

WorkRescue::WorkRescue(Document& document, FileFlow& files, WorkKeeper& keeper, QObject* parent)
    : QObject(parent), document_(document), files_(files), keeper_(keeper)
{
    connect(&files_, &FileFlow::opened, this, &WorkRescue::followOpened);
}

void WorkRescue::offer()
{
    const auto file = keeper_.leftBehind();
    if (!file)
        return;
    const auto photo = photoOfWork(*file);
    if (photo) {
        offer_ = Offer{*file, *photo};
        say();
    } else if (photo.error().code == ErrorCode::DamagedFile) {
        keeper_.discardLeftBehind(); // there is nothing that a user could do about it
    }
}

void WorkRescue::say()
{
    Q_EMIT said(
        {.tone = Tone::Notice,
         .text =
             tr("Limpid ended before the restored “%1” was exported.").arg(fileName(offer_->photo)),
         .advice = tr("The result was kept."),
         .actionText = tr("Bring it back"),
         .action = [this] {
             accept();
         }});
}

void WorkRescue::accept()
{
    if (!offer_)
        return;
    offer_->isAccepted = true;
    files_.open(offer_->photo);
}

void WorkRescue::followOpened()
{
    if (!offer_)
        return;
    const bool isItsPhoto = areSame(document_.photo()->path, offer_->photo);
    if (std::exchange(offer_->isAccepted, false) && isItsPhoto)
        layOntoPhoto(*std::exchange(offer_, std::nullopt));
    else if (!std::exchange(offer_->isRepeated, true))
        say();
}

void WorkRescue::layOntoPhoto(const Offer& offer)
{
    inBackground(
        this,
        [photo = *document_.photo(), file = offer.file, checksum = keeper_.checksum()] {
            return rescue(file, photo, checksum);
        },
        [this, image = document_.photo()->image](const Result<Rescued>& work) {
            if (!(document_.photo()->image == image))
                return; // another photo has come meanwhile
            if (!work) {
                sayWhyNot(work.error());
                return;
            }
            keeper_.takeOverLeftBehind();
            document_.bringBack(work->restoration, work->view.region, work->view.strength);
        });
}

void WorkRescue::sayWhyNot(const Error& error)
{
    if (error.code != ErrorCode::DamagedFile) {
        Q_EMIT said(problemMessage(error));
        return;
    }
    keeper_.discardLeftBehind();
    if (error.path == document_.photo()->path)
        Q_EMIT said({.tone = Tone::Problem,
                     .text = tr("The kept result does not belong to this photo any more."),
                     .advice = tr("“%1” has changed since it was restored. Restore it again.")
                                   .arg(fileName(error.path))});
    else
        Q_EMIT said({.tone = Tone::Problem,
                     .text = tr("The kept result is damaged."),
                     .advice = tr("The program ended while it was written. Restore the photo "
                                  "again.")});
}

} // namespace limpid::ui
