// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/parity_cases.h"

namespace limpid::parity {

namespace {

/// "out.penultimate" of "in.tokens", "out.penultimate_KIND" of "in.KIND".
void checkEmbeddings(TensorFile& golden, ParityReport& report, networks::TextEncoder& text)
{
    const std::string plain = "out.penultimate";
    for (const auto& name : golden.names(plain)) {
        const auto kind = name == plain ? "tokens" : name.substr(plain.size() + 1);
        report.compare(golden, name, text(golden.at("in." + kind)));
    }
}

/// "tap.promptP.resblock.K" → output of block K for prompt P.
void checkTaps(TensorFile& golden, ParityReport& report, networks::TextEncoder& text)
{
    for (const auto& name : golden.names("tap.prompt")) {
        const auto prompt = std::stoll(name.substr(std::string_view("tap.prompt").size()));
        const auto block = std::stoull(name.substr(name.rfind('.') + 1));
        const auto tokens = golden.at("in.tokens").narrow(0, prompt, 1);
        report.compare(golden, name, text->afterBlocks(tokens, block + 1));
    }
}

/// "small_input.resblock.K.in/.out" and the final norm.
void checkSmallInputs(TensorFile& golden, ParityReport& report, networks::TextEncoder& text)
{
    const std::string prefix = "small_input.resblock.";
    for (const auto& name : golden.names(prefix)) {
        if (!name.ends_with(".in"))
            continue;
        const auto block = std::stoull(name.substr(prefix.size()));
        const auto x = golden.at(name);
        report.compare(golden, prefix + std::to_string(block) + ".out", text->blocks.at(block)(x));
    }
    // The final norm was given what the first of these blocks was given, unless the set says more.
    const auto inputs = golden.has("small_input.ln_final.in")
                            ? std::vector<std::string>{"small_input.ln_final.in"}
                            : golden.names("small_input.resblock.");
    if (!inputs.empty())
        report.compare(golden, "small_input.ln_final.out", text->finalNorm(golden.at(inputs[0])));
}

} // namespace

void checkClip(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/clip.safetensors");
    auto& text = set.model()->clip;
    checkEmbeddings(golden, report, text);
    if (golden.has("out.last")) {
        const auto tokens = golden.at("in.tokens").narrow(0, 0, golden.at("out.last").size(0));
        report.compare(golden, "out.last",
                       text->finalNorm(text->afterBlocks(tokens, text->blocks.size())));
    }
    checkTaps(golden, report, text);
    checkSmallInputs(golden, report, text);
}

} // namespace limpid::parity
