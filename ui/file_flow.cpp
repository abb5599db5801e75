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

namespace limpid::ui {

FileFlow::FileFlow(Document& document, Settings& settings, PhotoLoader::Read read, QWidget& window)
    : QObject(&window), document_(document), settings_(settings), window_(window),
      loader_(std::move(read))
{
    connect(&loader_, &PhotoLoader::busyChanged, this, &FileFlow::busyChanged);
    connect(&loader_, &PhotoLoader::opened, this, &FileFlow::accept);
    connect(&loader_, &PhotoLoader::failed, this, &FileFlow::sayFailed);
    connect(&exporter_, &PhotoExporter::busyChanged, this, &FileFlow::busyChanged);
    connect(&exporter_, &PhotoExporter::written, this, &FileFlow::sayWritten);
    connect(&exporter_, &PhotoExporter::failed, this, &FileFlow::sayFailed);
}

void FileFlow::open(const std::filesystem::path& path)
{
    whenNothingIsLost([this, path] {
        opening_ = path;
        loader_.open(path);
    });
}

bool FileFlow::hasUnsavedResult() const
{
    return document_.restoration() && document_.restoration() != exported_;
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
                                                    "*.webp *.JPG *.JPEG *.PNG *.TIF "
                                                    "*.TIFF *.WEBP")),
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
    exported_.reset();
    Q_EMIT recentFilesChanged();
    Q_EMIT opened();
}

void FileFlow::exportWithDialog()
{
    const auto restoration = document_.restoration();
    if (!restoration || exporter_.isBusy())
        return;
    auto* dialog = new ExportDialog(*document_.photo(), settings_, &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // Another photo may have come by the time the dialog is answered.
    const ExportOrder order{.photo = *document_.photo(),
                            .restoration = restoration,
                            .strength = document_.strength(),
                            .target = {},
                            .options = {}};
    connect(dialog, &QDialog::accepted, this, [this, dialog, order] { write(order, *dialog); });
    dialog->open();
}

void FileFlow::write(ExportOrder order, const ExportDialog& dialog)
{
    order.target = dialog.plan().target();
    order.options = dialog.plan().options();
    exporting_ = order.restoration;
    exporter_.write(order);
}

void FileFlow::sayWritten(const std::filesystem::path& target)
{
    exported_ = exporting_ == document_.restoration() ? exporting_ : nullptr;
    exporting_.reset();
    const QString folder = toText(target.parent_path());
    Q_EMIT said({.tone = Tone::Success,
                 .text = tr("Exported to “%1”.").arg(fileName(target)),
                 .actionText = tr("Show folder"),
                 .action = [folder] {
                     QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
                 }});
}

void FileFlow::sayFailed(const Error& error)
{
    Q_EMIT said(problemMessage(error));
}

} // namespace limpid::ui
