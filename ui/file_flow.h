// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/message_banner.h"
#include "ui/state/document.h"
#include "ui/state/photo_exporter.h"
#include "ui/state/photo_loader.h"
#include "ui/state/restoration_provenance.h"
#include "ui/state/settings.h"

#include <QObject>

#include <functional>
#include <utility>
#include <vector>

class QWidget;

namespace limpid::ui {

class ExportDialog;

/// How photos come in and results go out: the two dialogs, the recent files, and what there is to
/// say about it.
class FileFlow : public QObject {
    Q_OBJECT
public:
    /// `read` is image::readPhoto unless a test says otherwise.
    FileFlow(Document& document, Settings& settings, PhotoLoader::Read read, QWidget& window);

    /// A relative path is completed at once. Asks first when a result would be lost. While an
    /// export is under way it waits for its end, and does not open when that fails.
    void open(const std::filesystem::path& given);
    void openWithDialog();
    void exportWithDialog();

    /// Name of the file that is being opened; empty when none is.
    QString opening() const;
    bool isExporting() const { return exporter_.isBusy(); }
    /// True when a restoration is running, or a result that was never exported and is not about to
    /// be.
    bool wouldLoseWork() const;
    /// Calls `proceed` now, or after the user agreed to lose that.
    void whenNothingIsLost(const std::function<void()>& proceed);
    /// Calls `proceed` once the export under way is written, and never when it fails. Another call
    /// takes the place of the one before.
    void whenExported(std::function<void()> proceed) { afterExport_ = std::move(proceed); }

    /// For what an export says of how it was made.
    void setDefaultModel(DefaultModel defaultModel) { defaultModel_ = std::move(defaultModel); }

Q_SIGNALS:
    void busyChanged();
    void recentFilesChanged();
    void opened();
    void exported(); ///< A file is written.
    void said(const limpid::ui::Message& message);

private:
    using Layers = std::vector<region::Layer>;

    bool hasUnsavedResult() const;
    QString pictureNote() const;
    void accept(const image::Photo& photo);
    void write(ExportOrder order, const ExportDialog& dialog);
    void sayWritten(const std::filesystem::path& target);
    void failToExport(const Error& error);
    void sayFailed(const Error& error);

    Document& document_;
    Settings& settings_;
    QWidget& window_;
    PhotoLoader loader_;
    PhotoExporter exporter_;
    std::filesystem::path opening_;
    Layers exporting_; ///< What is being written of the open photo…
    Layers exported_;  ///< …and what was written last.
    std::function<void()> afterExport_;
    DefaultModel defaultModel_;
};

} // namespace limpid::ui
