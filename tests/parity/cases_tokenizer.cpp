// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/prompt_text.h"
#include "core/networks/tokenizer.h"
#include "core/networks/unicode_properties.h"
#include "tests/parity/parity_cases.h"

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
        const auto actual = tokenizer.encode(prompt);
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

} // namespace

void checkTokenizer(ParitySet& set, ParityReport& report)
{
    const auto own = opened(set, set.rawConfig().at("tokenizer").get<std::string>());
    report.require("vocabulary of the text encoder",
                   !set.config().text || set.config().text->vocabulary == own.vocabularySize());
    if (set.has("tokenizer/tiny_vocab_prompts.json"))
        checkPrompts(set, report, "tiny_vocab", own);
    if (!set.has("tokenizer/bpe_simple_vocab_16e6.txt.gz"))
        return report.note("no published vocabulary in the set");
    const auto published = opened(set, "tokenizer/bpe_simple_vocab_16e6.txt.gz");
    checkPrompts(set, report, "real_vocab", published);
    checkBuiltIn(report, published);
}

} // namespace limpid::parity
