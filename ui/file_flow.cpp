// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/file_flow.h"

#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/question.h"
#include "ui/state/file_path.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>

#include <system_error>

namespace limpid::ui {

namespace {

/// So that the photo is found again from another folder.
std::filesystem::path completed(const std::filesystem::path& path)
{
    std::error_code error;
    auto whole = std::filesystem::absolute(path, error);
    return error ? path : whole;
}

} // namespace

FileFlow::FileFlow(Document& document, Settings& settings, PhotoLoader::Read read, QWidget& window)
    : QObject(&window), document_(document), settings_(settings), window_(window),
      loader_(std::move(read))
{
    connect(&loader_, &PhotoLoader::busyChanged, this, &FileFlow::busyChanged);
    connect(&loader_, &PhotoLoader::opened, this, &FileFlow::accept);
    connect(&loader_, &PhotoLoader::failed, this, &FileFlow::sayFailed);
    connect(&exporter_, &PhotoExporter::busyChanged, this, &FileFlow::busyChanged);
    connect(&exporter_, &PhotoExporter::written, this, &FileFlow::sayWritten);
    connect(&exporter_, &PhotoExporter::failed, this, &FileFlow::failToExport);
}

void FileFlow::open(const std::filesystem::path& given)
{
    const auto path = completed(given);
    if (isExporting()) { // which may fail, and then the result must still be there
        whenExported([this, path] { open(path); });
        Q_EMIT said(
            {.tone = Tone::Notice,
             .text = tr("“%1” opens as soon as the photo is exported.").arg(fileName(path))});
        return;
    }
    whenNothingIsLost([this, path] {
        opening_ = path;
        loader_.open(path);
    });
}

bool FileFlow::hasUnsavedResult() const
{
    const Layers layers = layersOf(document_.restoration());
    return !layers.empty() && layers != exported_ && layers != exporting_;
}

bool FileFlow::wouldLoseWork() const
{
    return hasUnsavedResult() || document_.job().active();
}

void FileFlow::whenNothingIsLost(const std::function<void()>& proceed)
{
    if (hasUnsavedResult())
        ask(window_,
            {.text = tr("The restored photo was not exported."),
             .advice = tr("Without an export the result is lost. The original is unchanged."),
             .proceed = tr("Discard the result"),
             .stay = tr("Stay")},
            proceed);
    else if (document_.job().active())
        ask(window_,
            {.text = tr("A restoration is running."),
             .advice = tr("What it has done so far is lost. The original is unchanged."),
             .proceed = tr("Cancel the restoration"),
             .stay = tr("Go on")},
            proceed);
    else
        proceed();
}

QString FileFlow::opening() const
{
    return loader_.isBusy() ? fileName(opening_) : QString();
}

void FileFlow::openWithDialog()
{
    QString folder = settings_.lastFolder();
    if (folder.isEmpty())
        folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    auto* dialog = new QFileDialog(&window_, tr("Open a photo"), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::HideNameFilterDetails);
    dialog->setNameFilters({tr("Photos (%1)")
                                .arg(QStringLiteral("*.jpg *.jpeg *.png *.tif *.tiff "
                                                    "*.webp *.heic *.heif *.hif *.avif "
                                                    "*.JPG *.JPEG *.PNG *.TIF *.TIFF "
                                                    "*.WEBP *.HEIC *.HEIF *.HIF *.AVIF")),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { open(toPath(file)); });
    dialog->open();
}

void FileFlow::accept(const image::Photo& photo)
{
    const QFileInfo file(toText(photo.path));
    settings_.addRecentFile(file.absoluteFilePath());
    settings_.setLastFolder(file.absolutePath());
    document_.setPhoto(photo);
    exported_.clear();
    exporting_.clear();
    Q_EMIT recentFilesChanged();
    Q_EMIT opened();
}

void FileFlow::exportWithDialog()
{
    if (!document_.restoration() || exporter_.isBusy())
        return;
    auto* dialog = new ExportDialog(*document_.photo(), settings_, &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setPictureNote(pictureNote());
    // Another photo may have come by the time the dialog is answered.
    const ExportOrder order{.photo = *document_.photo(),
                            .restoration = document_.shownRestoration(),
                            .strength = document_.strength(),
                            .target = {},
                            .options = {}};
    connect(dialog, &QDialog::accepted, this, [this, dialog, order] { write(order, *dialog); });
    dialog->open();
}

QString FileFlow::pictureNote() const
{
    const auto& steps = document_.steps();
    const auto shown = document_.shownRestoration();
    if (steps.isRunning())
        return tr("A restoration is running. The export takes the finished one.");
    if (steps.fullPicture())
        return tr("The export takes step %1 of %2, which is shown.")
            .arg(shown->step)
            .arg(shown->request.steps);
    if (steps.frame())
        return tr("There is only a preview of step %1. The export takes step %2 of %3.")
            .arg(steps.position())
            .arg(shown->step)
            .arg(shown->request.steps);
    return {};
}

void FileFlow::write(ExportOrder order, const ExportDialog& dialog)
{
    order.target = dialog.plan().target();
    order.options = dialog.plan().options();
    order.options.provenance = provenanceOf(order.restoration, order.strength, defaultModel_);
    const bool isOfOpenPhoto = document_.photo() && document_.photo()->image == order.photo.image;
    exporting_ = isOfOpenPhoto ? layersOf(order.restoration) : Layers();
    exporter_.write(order);
}

void FileFlow::sayWritten(const std::filesystem::path& target)
{
    if (!exporting_.empty())
        exported_ = std::exchange(exporting_, {});
    const QString folder = toText(target.parent_path());
    Q_EMIT said({.tone = Tone::Success,
                 .text = tr("Exported to “%1”.").arg(fileName(target)),
                 .actionText = tr("Show folder"),
                 .action = [folder] {
                     QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
                 }});
    Q_EMIT exported();
    if (const auto proceed = std::exchange(afterExport_, nullptr))
        proceed();
}

void FileFlow::failToExport(const Error& error)
{
    exporting_.clear();
    afterExport_ = nullptr;
    sayFailed(error);
}

void FileFlow::sayFailed(const Error& error)
{
    Q_EMIT said(problemMessage(error));
}

} // namespace limpid::ui
