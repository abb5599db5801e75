// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/error_text.h"

#include "ui/state/error_cause.h"
#include "ui/state/file_path.h"

#include <QCoreApplication>

namespace limpid::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)

public:
    static QString reason(ErrorCode code);
    static QString remedy(ErrorCode code);
};

// %1 stands for the file's name.
QString Words::reason(ErrorCode code)
{
    switch (code) {
    case ErrorCode::FileNotFound: return tr("%1 was not found.");
    case ErrorCode::NotARegularFile: return tr("%1 is not a file that can hold a photo.");
    case ErrorCode::FileUnreadable: return tr("%1 could not be read.");
    case ErrorCode::FileUnwritable: return tr("%1 could not be written.");
    case ErrorCode::UnsupportedFormat: return tr("%1 is in a format that Limpid does not know.");
    case ErrorCode::DamagedFile: return tr("%1 is damaged or incomplete.");
    case ErrorCode::PictureTooLarge: return tr("%1 is too large for Limpid.");
    case ErrorCode::FileExists: return tr("%1 exists already.");
    case ErrorCode::WouldOverwriteSource:
        return tr("%1 is the photo you opened. Limpid never writes over an original.");
    case ErrorCode::DiskFull: return tr("There was no room left to write %1.");
    case ErrorCode::RegionOutside: return tr("The region lies outside the photo.");
    case ErrorCode::ModelMissing: return tr("The model %1 is missing, so nothing can be restored.");
    case ErrorCode::ModelDamaged: return tr("The model %1 is damaged.");
    case ErrorCode::ModelMismatch: return tr("The model %1 does not belong to this method.");
    case ErrorCode::OutOfMemory: return tr("There was not enough memory. The photo is unchanged.");
    case ErrorCode::DeviceUnavailable: return tr("The chosen device cannot be used.");
    case ErrorCode::InvalidRequest: return tr("These settings cannot be used together.");
    case ErrorCode::Internal:
        return tr("Something went wrong inside Limpid. The photo is unchanged.");
    }
    return {};
}

QString Words::remedy(ErrorCode code)
{
    switch (code) {
    case ErrorCode::FileNotFound:
        return tr("If it was moved or renamed, open it from its new place.");
    case ErrorCode::NotARegularFile:
        return tr("Choose a JPEG, PNG, TIFF, WebP, HEIC or AVIF file.");
    case ErrorCode::FileUnreadable:
        return tr("Check that you may read it and that its disk is connected.");
    case ErrorCode::FileUnwritable: return tr("Choose a folder that you may write to.");
    case ErrorCode::UnsupportedFormat: return tr("Convert it to JPEG, PNG, TIFF or WebP first.");
    case ErrorCode::DamagedFile: return tr("Copy it again from the camera or from a backup.");
    case ErrorCode::PictureTooLarge: return tr("Make it smaller, or cut out the part to restore.");
    case ErrorCode::WouldOverwriteSource:
    case ErrorCode::FileExists: return tr("Choose another name or another folder.");
    case ErrorCode::DiskFull: return tr("Free some space or choose another disk, then try again.");
    case ErrorCode::RegionOutside: return tr("Draw a region on the photo.");
    case ErrorCode::ModelMissing:
        return tr("Start Limpid with --models and the folder that holds its models, or install it "
                  "again.");
    case ErrorCode::ModelDamaged:
    case ErrorCode::ModelMismatch: return tr("Replace it with a fresh copy of Limpid's models.");
    case ErrorCode::OutOfMemory:
        return tr("Draw a smaller region or close other programs, then run again.");
    case ErrorCode::DeviceUnavailable: return tr("Check the graphics driver, or run on the CPU.");
    case ErrorCode::InvalidRequest:
        return tr("Set all of them back: choose another method, then this one again.");
    case ErrorCode::Internal:
        return tr("Try again. If it happens again, please report the details.");
    }
    return {};
}

} // namespace

namespace {

/// About the list itself, which is not a model.
bool isAboutAList(const Error& error)
{
    return fileName(error.path) == u"catalog.json";
}

QString reasonOf(const Error& error)
{
    if (error.code == ErrorCode::ModelMissing && isAboutAList(error))
        return Words::tr("The model is missing, so nothing can be restored.");
    if (error.code == ErrorCode::ModelDamaged && isAboutAList(error))
        return Words::tr("The list of models is damaged.");
    const QString reason = Words::reason(error.code);
    if (!reason.contains(u"%1"))
        return reason;
    const QString name = fileName(error.path);
    return reason.arg(name.isEmpty() ? Words::tr("(no name)") : Words::tr("“%1”").arg(name));
}

QString remedyOf(const Error& error)
{
    if (error.code == ErrorCode::ModelDamaged && isAboutAList(error))
        return Words::tr("Move it to another folder, then import the models again.");
    return Words::remedy(error.code);
}

} // namespace

QString ErrorText::advice() const
{
    return cause.isEmpty() ? remedy : cause + u' ' + remedy;
}

ErrorText describe(const Error& error)
{
    const auto cause = causeOf(error);
    return {.reason = reasonOf(error),
            .cause = cause.why,
            .remedy = cause.remedy.isEmpty() ? remedyOf(error) : cause.remedy};
}

} // namespace limpid::ui
