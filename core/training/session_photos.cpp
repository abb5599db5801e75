// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/session_photos.h"

#include "core/checkpoint/safetensors.h"
#include "core/training/psf.h"
#include "core/training/validation.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

namespace limpid::training {

namespace {

Result<std::set<std::string>> namesIn(const std::filesystem::path& cache)
{
    const auto file = checkpoint::SafetensorsFile::open(cache);
    if (!file)
        return tl::unexpected(file.error());
    std::set<std::string> names;
    for (const auto& [name, entry] : file->index().tensors)
        names.insert(name);
    return names;
}

/// The photographs that a listed name may mean which had no namesake when it was written.
std::vector<std::string> meantBy(const std::string& name, const std::set<std::string>& present)
{
    std::vector<std::string> meant;
    std::ranges::copy_if(present, std::back_inserter(meant),
                         [&](const std::string& path) { return path.ends_with("/" + name); });
    return meant;
}

/// Nothing, or which missing name has become several. It must not be learned from by mistake.
std::string ambiguityOf(const std::vector<std::string>& missing,
                        const std::set<std::string>& present)
{
    for (const auto& name : missing) {
        std::string paths;
        for (const auto& path : meantBy(name, present))
            paths += (paths.empty() ? "" : ", ") + path;
        if (!paths.empty())
            return "'" + name + "' is the name of several photographs: " + paths +
                   "; write those that are to be held apart";
    }
    return {};
}

/// What is wrong with a list that leaves nothing to measure by, or nothing to learn from.
std::string problemOf(const std::set<std::string>& listed, const std::set<std::string>& present,
                      std::size_t missing, const std::filesystem::path& cache)
{
    if (listed.empty())
        return "it names no photograph; write the file names of those to be held apart, one a line";
    if (missing == listed.size())
        return "none of the " + std::to_string(missing) + " names is that of a photograph in " +
               cache.string() + "; write names such as '" + *present.begin() + "', one a line";
    if (listed.size() - missing == present.size())
        return "every photograph in " + cache.string() +
               " is held apart, none is left to learn from; name fewer";
    return {};
}

} // namespace

Result<SessionPhotos> partPhotos(const std::filesystem::path& cache,
                                 const std::filesystem::path& list)
{
    const auto listed = readNameList(list);
    if (!listed)
        return tl::unexpected(listed.error());
    const auto present = namesIn(cache);
    if (!present)
        return tl::unexpected(present.error());
    if (present->empty())
        return fail(ErrorCode::InvalidRequest,
                    "no photograph is in it; make it anew with limpid-train cache", cache);
    std::vector<std::string> missing;
    std::set_difference(listed->begin(), listed->end(), present->begin(), present->end(),
                        std::back_inserter(missing));
    for (const auto& problem :
         {ambiguityOf(missing, *present), problemOf(*listed, *present, missing.size(), cache)})
        if (!problem.empty())
            return fail(ErrorCode::InvalidRequest, problem, list);

    auto held = PhotoCache::open(cache, *listed, /*exclude=*/false);
    if (!held)
        return tl::unexpected(held.error());
    auto learned = PhotoCache::open(cache, *listed, /*exclude=*/true);
    if (!learned)
        return tl::unexpected(learned.error());
    return SessionPhotos{std::move(*learned), std::move(*held), std::move(missing)};
}

Result<SessionPhotos> openSessionPhotos(const std::filesystem::path& cache,
                                        const std::filesystem::path& list)
{
    auto photos = partPhotos(cache, list);
    if (!photos)
        return photos;
    if (const auto room = requireRoom(photos->held, validationSide, {}, list); !room)
        return tl::unexpected(room.error());
    return photos;
}

std::string summaryOf(const SessionPhotos& photos, const std::filesystem::path& list)
{
    constexpr std::size_t shown = 3;
    std::ostringstream text;
    text << photos.learned.size() << " photographs to learn from, " << photos.held.size()
         << " held apart\n";
    const auto& missing = photos.missing;
    if (missing.empty())
        return text.str();
    text << list.string() << ": " << missing.size() << " of " << missing.size() + photos.held.size()
         << " names are of no photograph here: ";
    for (std::size_t i = 0; i < std::min(shown, missing.size()); ++i)
        text << (i == 0 ? "" : ", ") << missing[i];
    text << (missing.size() > shown ? ", …" : "") << "\n";
    return text.str();
}

Result<void> requireRoom(const PhotoCache& photos, std::int64_t side, const std::string& option,
                         const std::filesystem::path& path)
{
    const std::int64_t least = side + psfMargins;
    const std::int64_t largest = photos.largestShortSide();
    if (largest >= least)
        return {};
    return fail(ErrorCode::InvalidRequest,
                "none of its photographs is large enough: pictures of " + std::to_string(side) +
                    " pixels are cut from " + std::to_string(least) + " × " +
                    std::to_string(least) + ", and the shorter side of the largest has " +
                    std::to_string(largest) + "; add larger photographs" +
                    (option.empty() ? "" : " or choose a smaller " + option),
                path);
}

} // namespace limpid::training
