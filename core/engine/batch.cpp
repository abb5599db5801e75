// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/batch.h"

#include "core/base/shortened.h"
#include "core/image/photo_writer.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

namespace limpid::engine {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxNameBytes = 255;
constexpr std::array<std::string_view, 5> placeholders{"name", "method", "steps", "seed", "n"};

struct Part {
    std::string text;
    bool isPlaceholder = false;
};

/// A text that may be a part of a file's name. Throws Failure.
void checkLiteral(std::string_view text, const std::string& name)
{
    const auto cannotStand = [](char character) {
        const auto byte = static_cast<unsigned char>(character);
        return character == '/' || byte < 0x20 || byte == 0x7F;
    };
    if (std::ranges::any_of(text, cannotStand))
        throw Failure({ErrorCode::InvalidRequest,
                       "the name '" + name + "' holds a slash or a control character",
                       {}});
}

/// Throws Failure.
std::vector<Part> partsOf(const std::string& name)
{
    const auto refuse = [&name](const std::string& reason) {
        throw Failure({ErrorCode::InvalidRequest, "the name '" + name + "' " + reason, {}});
    };
    if (name.empty())
        refuse("is empty");
    std::vector<Part> parts;
    for (std::size_t at = 0; at < name.size();) {
        const auto brace = std::min(name.find_first_of("{}", at), name.size());
        checkLiteral(std::string_view(name).substr(at, brace - at), name);
        parts.push_back({name.substr(at, brace - at)});
        if (brace == name.size())
            break;
        const auto end = name.find('}', brace);
        if (name[brace] == '}' || end == std::string::npos)
            refuse("has a brace without its other");
        const auto placeholder = name.substr(brace + 1, end - brace - 1);
        if (std::ranges::find(placeholders, placeholder) == placeholders.end())
            refuse("has the unknown placeholder {" + placeholder +
                   "}; there are {name}, {method}, {steps}, {seed} and {n}");
        parts.push_back({placeholder, true});
        at = end + 1;
    }
    return parts;
}

std::string extensionOf(const BatchPhoto& photo, const BatchSettings& settings)
{
    return image::extensionFor(photo.file, settings.format.value_or(photo.format));
}

/// Equal for names that some file system takes for one.
std::string keyOf(const fs::path& path)
{
    std::string key = path.string();
    for (char& letter : key) {
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    }
    return key;
}

/// The key of what a path leads to, through links.
std::string contentKey(const fs::path& path)
{
    std::error_code error;
    const auto real = fs::weakly_canonical(path, error);
    return keyOf(error ? path : real);
}

/// The key of the place that a path has in a folder, be it a link or not.
std::string placeKey(const fs::path& path)
{
    std::error_code error;
    const auto folder = fs::weakly_canonical(path.parent_path(), error);
    return keyOf((error ? path.parent_path() : folder) / path.filename());
}

/// The photographs of a batch, recognized under every name that they have.
class Inputs {
public:
    explicit Inputs(const std::vector<BatchPhoto>& photos)
    {
        for (const auto& photo : photos) {
            const auto key = contentKey(photo.file);
            keys_.insert(key);
            if (const auto identity = identityOf(photo.file))
                identities_.emplace(*identity, key);
            folders_.insert(contentKey(photo.file.parent_path() / "."));
            folders_.insert(fs::path(key).parent_path().string());
        }
    }

    bool holds(const std::string& key) const { return keys_.contains(key); }

    /// The content key of the photo that a path leads to: through a link, as another name of the
    /// same file, or in a spelling that the file system takes for the same.
    std::optional<std::string> at(const fs::path& path) const
    {
        if (auto key = contentKey(path); keys_.contains(key))
            return key;
        const auto identity = identityOf(path);
        const auto known = identity ? identities_.find(*identity) : identities_.end();
        return known == identities_.end() ? std::nullopt : std::optional(known->second);
    }

    /// Whether a photo lies directly in the folder that has this content key.
    bool lieIn(const std::string& folder) const { return folders_.contains(folder); }

private:
    using Identity = std::pair<dev_t, ino_t>;

    static std::optional<Identity> identityOf(const fs::path& path)
    {
        struct stat status {};
        if (::stat(path.c_str(), &status) != 0)
            return std::nullopt;
        return Identity(status.st_dev, status.st_ino);
    }

    std::set<std::string> keys_;
    std::map<Identity, std::string> identities_;
    std::set<std::string> folders_;
};

class Planner {
public:
    Planner(const std::vector<BatchPhoto>& photos, const BatchSettings& settings)
        : photos_(photos), settings_(settings), parts_(partsOf(settings.name)), inputs_(photos)
    {
        checkLiteral(settings.method, settings.name);
    }

    BatchPlan plan()
    {
        checkFolders();
        findEarlierResults();
        BatchPlan plan;
        int number = 0;
        for (const auto& photo : photos_) {
            if (earlier_.contains(contentKey(photo.file)))
                plan.earlierResults.push_back(photo.file);
            else
                plan.items.push_back(itemFor(photo, ++number));
        }
        return plan;
    }

private:
    bool has(std::string_view placeholder) const
    {
        return std::ranges::any_of(parts_, [placeholder](const Part& part) {
            return part.isPlaceholder && part.text == placeholder;
        });
    }

    fs::path folderOf(const BatchPhoto& photo) const { return settings_.to / photo.folder; }

    /// Where names do not tell results from photographs, a second run would restore the results.
    /// Throws Failure.
    void checkFolders() const
    {
        const bool tells = !has("n") && settings_.name != "{name}";
        for (const auto& photo : photos_) {
            if (!tells && inputs_.lieIn(contentKey(folderOf(photo) / ".")))
                throw Failure({ErrorCode::InvalidRequest,
                               "photographs lie there, too, and with the name '" + settings_.name +
                                   "' a second run would restore the results again; name another "
                                   "folder with --to, or a name without {n} that adds something "
                                   "to {name}",
                               folderOf(photo)});
        }
    }

    std::string filled(const std::string& stem, int number) const
    {
        std::string text;
        for (const auto& part : parts_) {
            if (!part.isPlaceholder)
                text += part.text;
            else if (part.text == "name")
                text += stem;
            else if (part.text == "method")
                text += settings_.method;
            else if (part.text == "steps")
                text += std::to_string(settings_.steps);
            else
                text += part.text == "n" ? std::to_string(number) : std::to_string(settings_.seed);
        }
        return text;
    }

    /// The first, second, … name for a result; {name} is shortened where it becomes too long. None
    /// when that is not enough.
    std::optional<fs::path> candidate(const BatchPhoto& photo, int number, int attempt) const
    {
        const auto ending = (attempt == 1 ? std::string() : "-" + std::to_string(attempt)) +
                            extensionOf(photo, settings_);
        auto stem = photo.file.stem().string();
        while (filled(stem, number).size() + ending.size() > maxNameBytes) {
            if (stem.size() < 2 || !has("name"))
                return std::nullopt;
            stem = shortened(stem, stem.size() - 1);
        }
        return folderOf(photo) / (filled(stem, number) + ending);
    }

    /// Photos whose results want the same name.
    struct Rivals {
        const BatchPhoto* first = nullptr; ///< Of those whose name the template changes; may lack.
        int count = 0;
        bool isSure = true; ///< The template changes the names of all.
    };

    /// By the key of the place that they want; none where the template numbers. A name that the
    /// template leaves as it was tells nothing.
    std::map<std::string, Rivals> rivals() const
    {
        std::map<std::string, Rivals> all;
        for (const auto& photo : photos_) {
            const auto wanted = has("n") ? std::nullopt : candidate(photo, 0, 1);
            if (!wanted)
                continue;
            auto& those = all[placeKey(*wanted)];
            ++those.count;
            const auto stem = photo.file.stem().string();
            if (keyOf(filled(stem, 0)) == keyOf(stem))
                those.isSure = false;
            else if (!those.first)
                those.first = &photo;
        }
        std::erase_if(all, [](const auto& item) { return !item.second.first; });
        return all;
    }

    /// With the results among the photos, a second run would restore them again. All names that
    /// the rivals may have got are tried, and beyond them those that follow without a gap.
    void findEarlierResults()
    {
        for (const auto& item : rivals()) {
            const auto& [first, count, isSure] = item.second;
            const auto own = contentKey(first->file);
            for (int attempt = 1;; ++attempt) {
                const auto name = candidate(*first, 0, attempt);
                if (!name)
                    break;
                const auto key = contentKey(*name);
                const bool isInput = inputs_.holds(key) && (count > 1 || key != own);
                if (!isInput && attempt > count)
                    break;
                if (isSure)
                    results_.insert(placeKey(*name));
                if (isInput)
                    earlier_.insert(key);
            }
        }
    }

    /// Throws Failure.
    BatchItem itemFor(const BatchPhoto& photo, int number)
    {
        for (int attempt = 1;; ++attempt) {
            const auto output = candidate(photo, number, attempt);
            if (!output)
                throw Failure({ErrorCode::InvalidRequest,
                               "the name '" + settings_.name +
                                   "' has more than 255 bytes, however short that of the photo",
                               photo.file});
            if (!mayHave(*output) || !taken_.insert(placeKey(*output)).second)
                continue;
            const bool skips = settings_.existing == ExistingFile::Skip;
            std::error_code error;
            return {photo.file, *output, skips && fs::is_regular_file(*output, error)};
        }
    }

    /// Whether the name is free as far as the files of before are concerned.
    bool mayHave(const fs::path& output) const
    {
        std::error_code error;
        const auto input = inputs_.at(output);
        switch (settings_.existing) {
        case ExistingFile::Skip: return !input || earlier_.contains(*input);
        // A dangling link has the name, too.
        case ExistingFile::Rename: return !fs::exists(fs::symlink_status(output, error));
        case ExistingFile::Overwrite: return !input && !isProtected(output);
        }
        return false;
    }

    /// Beside the photos lie others, such as the other half of a pair of HEIC and JPEG.
    bool isProtected(const fs::path& output) const
    {
        std::error_code error;
        const auto key = contentKey(output);
        return fs::exists(output, error) && !results_.contains(key) &&
               inputs_.lieIn(fs::path(key).parent_path().string());
    }

    const std::vector<BatchPhoto>& photos_;
    const BatchSettings& settings_;
    std::vector<Part> parts_;
    Inputs inputs_;
    std::set<std::string> results_; ///< Place keys that results of this batch may have got.
    std::set<std::string> earlier_; ///< Content keys of the inputs that lie there.
    std::set<std::string> taken_;   ///< Place keys of the results of this plan.
};

} // namespace

Result<void> checkNameTemplate(const std::string& name)
{
    try {
        partsOf(name);
        return {};
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

Result<BatchPlan> planBatch(const std::vector<BatchPhoto>& photos, const BatchSettings& settings)
{
    try {
        return Planner(photos, settings).plan();
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

} // namespace limpid::engine
