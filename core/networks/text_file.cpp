// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/text_file.h"

#include "core/base/result.h"

#include <zlib.h>

#include <array>
#include <memory>

namespace limpid::networks {

namespace {

void requireRegular(const std::filesystem::path& path)
{
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status))
        throw Failure({ErrorCode::ModelMissing, "there is no such vocabulary file", path});
    if (!std::filesystem::is_regular_file(status))
        throw Failure({ErrorCode::NotARegularFile, "the vocabulary is not a regular file", path});
}

} // namespace

std::string readTextFile(const std::filesystem::path& path, std::size_t limit)
{
    requireRegular(path);
    // zlib's file functions pass files through that are not gzipped.
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(path.c_str(), "rb"), &gzclose);
    if (!file)
        throw Failure({ErrorCode::FileUnreadable, "the vocabulary cannot be opened", path});
    std::string text;
    std::array<char, 1 << 16> buffer{};
    int count = 0;
    while ((count = gzread(file.get(), buffer.data(), buffer.size())) > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(count));
        if (text.size() > limit)
            throw Failure({ErrorCode::ModelDamaged, "the vocabulary is too large", path});
    }
    int code = Z_OK;
    gzerror(file.get(), &code);
    if (count < 0 || (code != Z_OK && code != Z_STREAM_END))
        throw Failure({ErrorCode::ModelDamaged, "the vocabulary cannot be unpacked", path});
    return text;
}

} // namespace limpid::networks
