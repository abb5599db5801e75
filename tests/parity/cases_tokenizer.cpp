// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/networks/prompt_text.h"
#include "core/networks/tokenizer.h"
#include "core/networks/unicode_properties.h"
#include "tests/parity/parity_cases.h"
#include "tests/parity/reference_model.h"

#include <algorithm>

namespace limpid::parity {

namespace {

networks::Tokenizer opened(ParitySet& set, const std::string& path)
{
    auto tokenizer = networks::Tokenizer::read(set.pathOf(path));
    if (!tokenizer)
        throw Failure(tokenizer.error());
    return *tokenizer;
}

std::string cleaned(const std::string& prompt)
{
    std::string text;
    for (const char32_t c : networks::cleanPrompt(prompt))
        networks::appendUtf8(text, c);
    return text;
}

/// Prompts that only the full text repair of the published code brings into shape may differ.
void checkPrompts(ParitySet& set, ParityReport& report, const std::string& kind,
                  const networks::Tokenizer& tokenizer)
{
    const auto& list = set.json("tokenizer/" + kind + "_prompts.json");
    auto& golden = set.tensors("tokenizer/" + kind + "_ids.safetensors");
    const auto ids = golden.at("ids");
    const auto needsRepair = golden.at("needs_ftfy");
    report.require(kind + " size", tokenizer.vocabularySize() == list.at("vocab_size"),
                   std::to_string(tokenizer.vocabularySize()));
    for (const auto& row : list.at("prompts")) {
        const auto index = row.at("index").get<std::int64_t>();
        const auto prompt = row.at("prompt").get<std::string>();
        const auto actual = fitted(tokenizer.encode(prompt), ids.size(1));
        const auto name = kind + " " + std::to_string(index);
        const bool equal = torch::equal(torch::tensor(actual), ids[index]) &&
                           actual == row.at("ids").get<networks::TokenIds>();
        if (!equal && needsRepair[index].item<bool>())
            report.note(name + " differs, as it may: it needs ftfy");
        else
            report.require(name, equal, "\"" + cleaned(prompt).substr(0, 60) + "\"");
    }
}

void checkBuiltIn(ParityReport& report, const networks::Tokenizer& published)
{
    for (const auto prompt : {networks::defaultPositivePrompt, networks::defaultNegativePrompt})
        report.require("built-in ids", networks::builtInTokens(prompt) == published.encode(prompt),
                       "\"" + std::string(prompt) + "\"");
}

/// "KIND" of every "KIND_prompts.json".
std::vector<std::string> kindsOf(const ParitySet& set)
{
    constexpr std::string_view ending = "_prompts.json";
    std::vector<std::string> kinds;
    for (const auto& file : std::filesystem::directory_iterator(set.pathOf("tokenizer"))) {
        const auto name = file.path().filename().string();
        if (name.ends_with(ending))
            kinds.push_back(name.substr(0, name.size() - ending.size()));
    }
    std::sort(kinds.begin(), kinds.end());
    return kinds;
}

void checkVocabulary(ParitySet& set, ParityReport& report, const std::string& kind)
{
    const auto& list = set.json("tokenizer/" + kind + "_prompts.json");
    const auto described = list.at("vocab").get<std::string>();
    const auto path = "tokenizer/" + described.substr(0, described.find(' ')); // then its checksum
    if (!set.has(path))
        return report.note("the set has no " + path);
    const auto tokenizer = opened(set, path);
    checkPrompts(set, report, kind, tokenizer);
    if (tokenizer.vocabularySize() == networks::TextEncoderConfig{}.vocabulary)
        checkBuiltIn(report, tokenizer);
}

} // namespace

networks::TokenIds fitted(networks::TokenIds ids, std::int64_t length)
{
    const auto wanted = static_cast<std::size_t>(length);
    if (ids.size() > wanted) {
        const auto end = *std::max_element(ids.begin(), ids.end()); // the last id of all
        const bool isCut =
            std::find(ids.begin(), ids.begin() + length, end) == ids.begin() + length;
        ids.resize(wanted);
        if (isCut)
            ids.back() = end;
    }
    return ids;
}

void checkTokenizer(ParitySet& set, ParityReport& report)
{
    const auto own = opened(set, set.rawConfig().at("tokenizer").get<std::string>());
    report.require("vocabulary of the text encoder",
                   !set.config().text || set.config().text->vocabulary >= own.vocabularySize(),
                   std::to_string(own.vocabularySize()));
    for (const auto& kind : kindsOf(set))
        report.attempt([&] { checkVocabulary(set, report, kind); });
}

} // namespace limpid::parity
