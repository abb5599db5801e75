// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff_prompts.h"

#include "core/networks/tokenizer.h"

#include <algorithm>

namespace limpid::methods {

namespace {

std::string textOf(const RestorationJob& job, const char* id, std::string_view standard)
{
    const auto found = job.texts.find(id);
    return found == job.texts.end() ? std::string(standard) : found->second;
}

double valueOf(const RestorationJob& job, const char* id, double standard)
{
    const auto found = job.parameters.find(id);
    return found == job.parameters.end() ? standard : found->second;
}

networks::TokenIds tokensOf(const std::string& prompt, const RestorationJob& job)
{
    if (const auto builtIn = networks::builtInTokens(prompt); !builtIn.empty())
        return builtIn;
    const auto vocabulary = textOf(job, "vocabulary", {});
    if (vocabulary.empty())
        throw Failure({.code = ErrorCode::InvalidRequest,
                       .detail = "a prompt of one's own needs CLIP's vocabulary file",
                       .path = {}});
    const auto tokenizer = networks::Tokenizer::read(vocabulary);
    if (!tokenizer)
        throw Failure(tokenizer.error());
    return tokenizer->encode(prompt);
}

torch::Tensor embedded(DeblurDiffNetworks& networks, const networks::TokenIds& tokens,
                       const CancelToken& token)
{
    if (!networks.config().text)
        return {};
    if (*std::max_element(tokens.begin(), tokens.end()) >= networks.config().text->vocabulary)
        throw Failure({.code = ErrorCode::ModelMismatch,
                       .detail = "the model's text encoder knows fewer words than the vocabulary",
                       .path = {}});
    return networks.context(tokens, token);
}

} // namespace

DeblurDiffCondition promptCondition(DeblurDiffNetworks& networks, const RestorationJob& job,
                                    const CancelToken& token)
{
    DeblurDiffCondition condition;
    condition.textGuidance = valueOf(job, "text_guidance", 1.0);
    condition.control = valueOf(job, "control", 1.0);
    const auto wanted = textOf(job, "prompt", networks::defaultPositivePrompt);
    condition.context = embedded(networks, tokensOf(wanted, job), token);
    if (condition.textGuidance != 1.0) {
        const auto unwanted = textOf(job, "negative_prompt", networks::defaultNegativePrompt);
        condition.negativeContext = embedded(networks, tokensOf(unwanted, job), token);
    }
    return condition;
}

} // namespace limpid::methods
