// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/tokenizer.h"

#include "core/networks/prompt_text.h"
#include "core/networks/text_file.h"
#include "core/networks/unicode_properties.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace limpid::networks {

namespace {

constexpr std::size_t mostMerges = 48894; // of CLIP's table; the published file holds more
constexpr std::size_t largestTable = 16 << 20;
constexpr std::string_view wordEnd = "</w>";
constexpr std::u32string_view startMark = U"<start_of_text>";
constexpr std::u32string_view endMark = U"<end_of_text>";

struct ByteSymbols {
    std::array<std::int64_t, 256> idOfByte{};
    std::array<std::string, 256> symbolOfId; ///< As the table of merges spells them.
};

/// Printable bytes come first and stand for themselves; the others are spelled U+0100 and on.
ByteSymbols byteSymbols()
{
    ByteSymbols symbols;
    const auto printable = [](int byte) {
        return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    };
    std::size_t next = 0;
    char32_t substitute = 0x100;
    for (const bool wanted : {true, false}) {
        for (int byte = 0; byte < 256; ++byte) {
            if (printable(byte) != wanted)
                continue;
            appendUtf8(symbols.symbolOfId[next],
                       wanted ? static_cast<char32_t>(byte) : substitute++);
            symbols.idOfByte[static_cast<std::size_t>(byte)] = static_cast<std::int64_t>(next++);
        }
    }
    return symbols;
}

const ByteSymbols& sharedByteSymbols()
{
    static const ByteSymbols symbols = byteSymbols();
    return symbols;
}

std::vector<std::pair<std::string, std::string>> parseMerges(std::string_view table)
{
    std::vector<std::pair<std::string, std::string>> merges;
    bool header = true;
    while (!table.empty() && merges.size() < mostMerges) {
        const auto end = std::min(table.find('\n'), table.size());
        auto line = table.substr(0, end);
        table.remove_prefix(std::min(end + 1, table.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (std::exchange(header, false) || line.empty())
            continue;
        const auto space = line.find(' ');
        if (space == 0 || space >= line.size() - 1)
            throw Failure(
                {ErrorCode::ModelDamaged, "the vocabulary has a line without two parts", {}});
        merges.emplace_back(line.substr(0, space), line.substr(space + 1));
    }
    return merges;
}

/// Length of what CLIP's pattern matches at the beginning of a text that does not begin with white
/// space: a special mark, an English contraction, letters, one digit, or anything else.
std::size_t wordLength(std::u32string_view text)
{
    for (const auto mark : {startMark, endMark})
        if (text.starts_with(mark))
            return mark.size();
    for (const std::u32string_view ending : {U"'s", U"'t", U"'re", U"'ve", U"'m", U"'ll", U"'d"})
        if (text.starts_with(ending))
            return ending.size();
    const auto run = [text](auto belongs) {
        const auto end = std::find_if_not(text.begin(), text.end(), belongs);
        return static_cast<std::size_t>(end - text.begin());
    };
    if (isLetter(text.front()))
        return run(isLetter);
    if (isNumber(text.front()))
        return 1;
    return run([](char32_t c) { return !isSpace(c) && !isLetter(c) && !isNumber(c); });
}

} // namespace

TokenIds builtInTokens(std::string_view prompt)
{
    TokenIds ids;
    if (prompt == defaultPositivePrompt)
        ids = {49406, 49407};
    else if (prompt == defaultNegativePrompt)
        ids = {49406, 1042,  3027, 267, 21977, 267, 1042, 268,   9977,
               267,   33495, 267,  569, 8157,  267, 5613, 28063, 49407};
    else
        return {};
    ids.resize(Tokenizer::contextLength, 0);
    return ids;
}

Result<Tokenizer> Tokenizer::read(const std::filesystem::path& path)
{
    try {
        Tokenizer tokenizer;
        tokenizer.addMerges(readTextFile(path, largestTable));
        return tokenizer;
    } catch (const Failure& failure) {
        Error error = failure.error();
        error.path = path;
        return tl::unexpected(std::move(error));
    }
}

void Tokenizer::addMerges(std::string_view table)
{
    std::unordered_map<std::string, std::int64_t> ids;
    const auto& bytes = sharedByteSymbols().symbolOfId;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        ids[bytes[i]] = static_cast<std::int64_t>(i);
        ids[bytes[i] + std::string(wordEnd)] = static_cast<std::int64_t>(bytes.size() + i);
    }
    const auto merges = parseMerges(table);
    if (merges.empty())
        throw Failure({ErrorCode::ModelDamaged, "the vocabulary has no merges", {}});
    auto next = static_cast<std::int64_t>(2 * bytes.size());
    for (const auto& [left, right] : merges)
        ids[left + right] = next++; // of two merges with one result the later one names it
    startId_ = next;
    endId_ = next + 1;
    std::int64_t rank = 0;
    for (const auto& [left, right] : merges) {
        const auto first = ids.find(left);
        const auto second = ids.find(right);
        if (first == ids.end() || second == ids.end())
            throw Failure({ErrorCode::ModelDamaged, "the vocabulary merges unknown parts", {}});
        merges_[{first->second, second->second}] = {rank++, ids.at(left + right)};
    }
}

void Tokenizer::appendWord(std::string_view word, std::vector<std::int64_t>& ids) const
{
    const auto& symbols = sharedByteSymbols();
    std::vector<std::int64_t> parts;
    for (const char c : word)
        parts.push_back(symbols.idOfByte[static_cast<unsigned char>(c)]);
    parts.back() += static_cast<std::int64_t>(symbols.symbolOfId.size());
    while (parts.size() > 1) {
        auto best = merges_.end();
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
            const auto found = merges_.find({parts[i], parts[i + 1]});
            if (found != merges_.end() &&
                (best == merges_.end() || found->second.rank < best->second.rank))
                best = found;
        }
        if (best == merges_.end())
            break;
        std::vector<std::int64_t> merged;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const bool both = i + 1 < parts.size() && Pair(parts[i], parts[i + 1]) == best->first;
            merged.push_back(both ? best->second.id : parts[i]);
            i += both ? 1 : 0;
        }
        parts = std::move(merged);
    }
    ids.insert(ids.end(), parts.begin(), parts.end());
}

TokenIds Tokenizer::encode(std::string_view prompt) const
{
    const auto cleaned = cleanPrompt(prompt);
    std::u32string_view text = cleaned;
    TokenIds ids{startId_};
    while (!text.empty() && ids.size() < contextLength) {
        if (isSpace(text.front())) {
            text.remove_prefix(1);
            continue;
        }
        const auto word = text.substr(0, wordLength(text));
        text.remove_prefix(word.size());
        if (word == startMark || word == endMark) {
            ids.push_back(word == startMark ? startId_ : endId_);
            continue;
        }
        std::string bytes;
        for (const char32_t c : word)
            appendUtf8(bytes, c);
        appendWord(bytes, ids);
    }
    ids.resize(std::min(ids.size(), contextLength - 1));
    ids.push_back(endId_);
    ids.resize(contextLength, 0);
    return ids;
}

} // namespace limpid::networks
