// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/photo_search.h"

#include "core/image/photo_header.h"
#include "core/image/photo_reader.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <string_view>

namespace limpid::engine {

namespace fs = std::filesystem;

namespace {

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

/// Takes the number at the front of a text, without its leading zeros.
std::string_view takeNumber(std::string_view& text)
{
    const auto end =
        static_cast<std::size_t>(std::ranges::find_if_not(text, isDigit) - text.begin());
    auto number = text.substr(0, end);
    text.remove_prefix(end);
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
    return number;
}

/// Takes one letter, for comparison.
int takeLetter(std::string_view& text)
{
    const auto letter = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    return letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter;
}

/// Below, above or equal to 0 as a comes before, after or at the same place as b.
int naturalOrder(std::string_view a, std::string_view b)
{
    while (!a.empty() && !b.empty()) {
        if (!isDigit(a.front()) || !isDigit(b.front())) {
            if (const int order = takeLetter(a) - takeLetter(b); order != 0)
                return order;
            continue;
        }
        const auto first = takeNumber(a);
        const auto second = takeNumber(b);
        if (first.size() != second.size())
            return first.size() < second.size() ? -1 : 1;
        if (const int order = first.compare(second); order != 0)
            return order;
    }
    return static_cast<int>(!a.empty()) - static_cast<int>(!b.empty());
}

bool comesBefore(const fs::path& a, const fs::path& b)
{
    int order = naturalOrder(a.stem().string(), b.stem().string());
    if (order == 0)
        order = naturalOrder(a.extension().string(), b.extension().string());
    return order == 0 ? a < b : order < 0;
}

/// What a file's first bytes say.
struct Content {
    bool isPhoto = false;
    std::optional<image::FileFormat> format{}; ///< None when it cannot be told.
};

Content contentOf(const fs::path& file)
{
    constexpr std::size_t enough = 4096;
    image::Bytes bytes(enough);
    std::ifstream stream(file, std::ios::binary);
    stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(enough));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    try {
        return {true, image::sniffFormat(bytes)};
    } catch (const Failure& failure) {
        if (bytes.empty() || failure.error().code == ErrorCode::UnsupportedFormat)
            return {};
    }
    // It begins like a photograph, and the rest of it says of which kind.
    const auto header = image::inspectPhoto(file);
    return {true, header ? std::optional(header->format) : std::nullopt};
}

class Search {
public:
    explicit Search(const SearchOptions& options)
        : isRecursive_(options.isRecursive), cancel_(options.cancel)
    {
        std::error_code error;
        if (!options.results.empty())
            results_ = fs::weakly_canonical(options.results, error);
    }

    void add(const fs::path& input)
    {
        cancel_.throwIfRequested();
        std::error_code error;
        if (fs::is_directory(input, error))
            enter(input, {});
        else
            take(input, {},
                 fs::is_regular_file(input, error) ? contentOf(input).format : std::nullopt);
    }

    SearchResult result() && { return std::move(result_); }

private:
    void enter(const fs::path& folder, const fs::path& below)
    {
        std::error_code error;
        const auto real = fs::canonical(folder, error);
        if (!error && !entered_.insert(real).second)
            return;
        std::vector<fs::path> names;
        for (fs::directory_iterator entry(folder, error); !error && entry != fs::end(entry);
             entry.increment(error)) {
            cancel_.throwIfRequested();
            names.push_back(entry->path().filename());
        }
        if (error)
            result_.problems.push_back({ErrorCode::FileUnreadable, error.message(), folder});
        std::erase_if(names, [](const auto& name) { return name.string().front() == '.'; });
        std::ranges::sort(names, comesBefore);
        std::vector<fs::path> folders;
        for (const auto& name : names) {
            cancel_.throwIfRequested();
            if (fs::is_directory(folder / name, error))
                folders.push_back(name);
            else if (fs::is_regular_file(folder / name, error))
                consider(folder / name, below);
        }
        for (const auto& name : folders) {
            if (isRecursive_ && !holdsResults(folder / name))
                enter(folder / name, below / name);
        }
    }

    bool holdsResults(const fs::path& folder) const
    {
        std::error_code error;
        return !results_.empty() && fs::canonical(folder, error) == results_;
    }

    void consider(const fs::path& file, const fs::path& below)
    {
        const auto content = contentOf(file);
        // Raw files are TIFF by content, and what the reader finds in them is a thumbnail.
        const bool isRaw = content.format == image::FileFormat::Tiff && file.has_extension();
        if (image::readableFormat(file) || (content.isPhoto && !isRaw))
            take(file, below, content.format);
    }

    void take(const fs::path& file, const fs::path& below, std::optional<image::FileFormat> format)
    {
        std::error_code error;
        const auto real = fs::weakly_canonical(file, error);
        if (!files_.insert(error ? file : real).second)
            return;
        const auto named = image::readableFormat(file).value_or(image::FileFormat::Jpeg);
        result_.photos.push_back({file, below, format.value_or(named)});
    }

    bool isRecursive_;
    CancelToken cancel_;
    fs::path results_;
    std::set<fs::path> entered_;
    std::set<fs::path> files_;
    SearchResult result_;
};

} // namespace

SearchResult findPhotos(const std::vector<fs::path>& inputs, const SearchOptions& options)
{
    Search search(options);
    for (const auto& input : inputs)
        search.add(input);
    return std::move(search).result();
}

} // namespace limpid::engine
