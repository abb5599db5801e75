// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/model_text.h"

#include "ui/state/file_path.h"

#include <QCoreApplication>
#include <QLocale>

namespace limpid::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ModelText)

public:
    static QString reason(ErrorCode code);
    static QString remedy(ErrorCode code);
};

/// What the core says a file is; for the translator, looked up by the core's English.
[[maybe_unused]] constexpr const char* identities[]{
    QT_TRANSLATE_NOOP("ModelText",
                      "this is a Stable Diffusion 2.1 base model without LKPN and ControlNet; "
                      "DeblurDiff needs the published DeblurDiff checkpoint"),
    QT_TRANSLATE_NOOP("ModelText",
                      "this is a Stable Diffusion model of another version or size, without LKPN "
                      "and ControlNet; DeblurDiff needs the published DeblurDiff checkpoint"),
    QT_TRANSLATE_NOOP("ModelText", "this is a ControlNet alone; DeblurDiff needs the published "
                                   "DeblurDiff checkpoint"),
    QT_TRANSLATE_NOOP("ModelText", "this is a kernel network (LKPN) alone; DeblurDiff needs the "
                                   "published DeblurDiff checkpoint"),
    QT_TRANSLATE_NOOP("ModelText", "this is an autoencoder (VAE) alone; DeblurDiff needs the "
                                   "published DeblurDiff checkpoint"),
    QT_TRANSLATE_NOOP("ModelText",
                      "a Git LFS pointer, not the file itself; download the file again"),
    QT_TRANSLATE_NOOP("ModelText", "a web page, not a checkpoint; download the file again"),
    QT_TRANSLATE_NOOP("ModelText",
                      "a GGUF file, which is not supported; want safetensors, .pth or .ckpt"),
    QT_TRANSLATE_NOOP("ModelText", "neither a safetensors file nor a checkpoint of PyTorch"),
};

// %1 stands for the file's name.
QString Words::reason(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ModelMissing: return tr("%1 was not found.");
    case ErrorCode::NotARegularFile: return tr("%1 is not a file that can hold a model.");
    case ErrorCode::UnsupportedFormat: return tr("%1 is not a file of weights Limpid can read.");
    case ErrorCode::ModelDamaged: return tr("%1 is damaged or incomplete.");
    case ErrorCode::ModelMismatch: return tr("%1 cannot be used by Limpid.");
    case ErrorCode::WouldOverwriteSource: return tr("%1 lies in Limpid's own folder of models.");
    default: return {};
    }
}

QString Words::remedy(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ModelMissing: return tr("Check that its disk is connected.");
    case ErrorCode::NotARegularFile:
    case ErrorCode::UnsupportedFormat:
        return tr("Choose a .safetensors, .pth, .pt or .ckpt file with plain weights.");
    case ErrorCode::ModelDamaged: return tr("Download or copy it again.");
    case ErrorCode::ModelMismatch: return tr("Nothing was imported.");
    case ErrorCode::WouldOverwriteSource: return tr("Move it to another folder first.");
    default: return {};
    }
}

} // namespace

QString byteText(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1,
                                       QLocale::DataSizeTraditionalFormat);
}

QString stateText(checkpoint::ModelState state)
{
    switch (state) {
    case checkpoint::ModelState::Installed: return Words::tr("Installed");
    case checkpoint::ModelState::Missing: return Words::tr("File is missing");
    case checkpoint::ModelState::WrongHash: return Words::tr("File is damaged");
    }
    return {};
}

QString importStageText(checkpoint::ImportStage stage)
{
    switch (stage) {
    case checkpoint::ImportStage::Verifying: return Words::tr("Verifying");
    case checkpoint::ImportStage::Hashing: return Words::tr("Computing the checksum");
    case checkpoint::ImportStage::Writing: return Words::tr("Writing");
    }
    return {};
}

QString memoryText(const checkpoint::CatalogEntry& entry)
{
    const auto bytes = checkpoint::weightMemory(entry.parameters, entry.precision);
    return bytes == 0 ? QString() : byteText(bytes);
}

QString importedText(const checkpoint::ImportReport& report)
{
    return (report.wasThere ? Words::tr("%1 had been imported before.")
                            : Words::tr("%1 was imported."))
        .arg(QString::fromStdString(report.entry->id));
}

ErrorText describeImport(const Error& error)
{
    const QString reason = Words::reason(error.code);
    if (reason.isEmpty())
        return describe(error);
    QString text = reason.arg(Words::tr("“%1”").arg(fileName(error.path)));
    const QString detail = QCoreApplication::translate("ModelText", error.detail.c_str());
    if (error.code == ErrorCode::ModelMismatch || error.code == ErrorCode::UnsupportedFormat)
        text = Words::tr("%1 The reason: %2.").arg(text, detail);
    return {.reason = text, .remedy = Words::remedy(error.code)};
}

} // namespace limpid::ui
