// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/contender.h"

#include "core/evaluation/classic_contender.h"
#include "core/evaluation/external_contender.h"
#include "core/evaluation/program_contender.h"
#include "core/inference/make_runner.h"

#include <iterator>

namespace limpid::evaluation {

namespace {

std::optional<Result<Contender>> knownContender(const std::string& name)
{
    auto classic = classicContender(name);
    return classic ? std::move(classic) : externalContender(name);
}

} // namespace

Result<std::vector<Contender>> contendersOf(const ContenderOptions& options)
{
    const std::shared_ptr<engine::JobRunner> runner = inference::makeTorchRunner(
        {.modelsFolder = options.models, .userModels = options.userModels});
    std::vector<Contender> contenders;
    for (const auto& name : options.methods) {
        if (needsTheKernel(name) && !options.kernelKnown)
            return fail(ErrorCode::InvalidRequest,
                        "'" + name + "' needs the kernel, which is known of synthetic blur only");
        if (auto known = knownContender(name)) {
            if (!*known)
                return tl::unexpected(known->error());
            contenders.push_back(std::move(**known));
            continue;
        }
        auto own = programContenders(name, options, runner);
        if (!own)
            return own;
        std::move(own->begin(), own->end(), std::back_inserter(contenders));
    }
    return contenders;
}

} // namespace limpid::evaluation
