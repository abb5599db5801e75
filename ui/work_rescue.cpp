// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/work_rescue.h"

#include "ui/state/file_path.h"
#include "ui/state/in_background.h"

namespace limpid::ui {

WorkRescue::WorkRescue(Document& document, FileFlow& files, WorkKeeper& keeper, QObject* parent)
    : QObject(parent), document_(document), files_(files), keeper_(keeper)
{}

void WorkRescue::offer()
{
    const auto file = keeper_.leftBehind();
    if (!file)
        return;
    inBackground(
        this, [file = *file] { return readWork(file); },
        [this](const Result<SavedWork>& work) {
            if (!work) {
                keeper_.discardLeftBehind();
                return; // there is nothing that a user could do about it
            }
            offer(*work);
        });
}

void WorkRescue::offer(const SavedWork& work)
{
    const Message message{
        .tone = Tone::Notice,
        .text = tr("Limpid ended before the restored “%1” was exported.").arg(fileName(work.photo)),
        .advice = tr("The result was kept."),
        .actionText = tr("Bring it back"),
        .action = [this, work] {
            bringBack(work);
        }};
    connect(
        &files_, &FileFlow::opened, this,
        [this, message] {
            if (!answered_)
                Q_EMIT said(message);
        },
        Qt::SingleShotConnection);
    Q_EMIT said(message);
}

void WorkRescue::bringBack(const SavedWork& work)
{
    answered_ = true;
    connect(
        &files_, &FileFlow::opened, this,
        [this, work] {
            if (document_.photo()->path == work.photo)
                layOntoPhoto(work);
        },
        Qt::SingleShotConnection);
    files_.open(work.photo);
}

void WorkRescue::layOntoPhoto(const SavedWork& work)
{
    inBackground(
        this, [photo = *document_.photo(), work] { return laidOnto(photo, work); },
        [this, work, image = document_.photo()->image](const Result<RestorationPtr>& result) {
            if (!(document_.photo()->image == image))
                return; // another photo has come meanwhile
            keeper_.discardLeftBehind();
            if (result)
                document_.bringBack(*result, work.region, work.strength);
            else
                sayWhyNot(result.error());
        });
}

void WorkRescue::sayWhyNot(const Error& error)
{
    Q_EMIT said({.tone = Tone::Problem,
                 .text = tr("The kept result does not belong to this photo any more."),
                 .advice = tr("“%1” has changed since it was restored. Restore it again.")
                               .arg(fileName(error.path))});
}

} // namespace limpid::ui
