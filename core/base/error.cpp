// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace limpid {

std::string_view name(ErrorCode code) noexcept
{
    switch (code) {
    case ErrorCode::FileNotFound: return "FileNotFound";
    case ErrorCode::NotARegularFile: return "NotARegularFile";
    case ErrorCode::FileUnreadable: return "FileUnreadable";
    case ErrorCode::FileUnwritable: return "FileUnwritable";
    case ErrorCode::UnsupportedFormat: return "UnsupportedFormat";
    case ErrorCode::DamagedFile: return "DamagedFile";
    case ErrorCode::PictureTooLarge: return "PictureTooLarge";
    case ErrorCode::WouldOverwriteSource: return "WouldOverwriteSource";
    case ErrorCode::FileExists: return "FileExists";
    case ErrorCode::DiskFull: return "DiskFull";
    case ErrorCode::RegionOutside: return "RegionOutside";
    case ErrorCode::ModelMissing: return "ModelMissing";
    case ErrorCode::ModelDamaged: return "ModelDamaged";
    case ErrorCode::ModelMismatch: return "ModelMismatch";
    case ErrorCode::OutOfMemory: return "OutOfMemory";
    case ErrorCode::DeviceUnavailable: return "DeviceUnavailable";
    case ErrorCode::InvalidRequest: return "InvalidRequest";
    case ErrorCode::Internal: return "Internal";
    }
    return "Internal";
}

} // namespace limpid
