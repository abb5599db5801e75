// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classic_contender.h"

#include "core/evaluation/classic_methods.h"

#include <charconv>
#include <sstream>

namespace limpid::evaluation {

namespace {

constexpr double usualSigma = 1.5;
constexpr double unsharpAmount = 0.8;
constexpr int iterations = 30;

Contender unsharpContender(double sigma)
{
    return {.name = "unsharp mask, sigma " + shortNumber(sigma),
            .restore = [sigma](const Puzzle& puzzle) {
                return unsharpMask(puzzle.blurred, sigma, unsharpAmount);
            }};
}

Contender guessingContender(double sigma)
{
    return {.name = "Richardson–Lucy, sigma " + shortNumber(sigma),
            .restore = [psf = training::gaussianPsf(sigma)](const Puzzle& puzzle) {
                return richardsonLucy(puzzle.blurred, psf, iterations);
            }};
}

Contender oracleRichardsonLucy()
{
    return {.name = "Richardson–Lucy, oracle", .restore = [](const Puzzle& puzzle) {
                return richardsonLucy(puzzle.blurred, puzzle.known->psf, iterations);
            }};
}

Contender oracleWiener()
{
    return {.name = "Wiener, oracle", .restore = [](const Puzzle& puzzle) {
                return wiener(puzzle.blurred, puzzle.known->psf, puzzle.known->noiseVariance);
            }};
}

} // namespace

std::optional<Result<Contender>> classicContender(const std::string& name)
{
    if (name == "oracle-rl")
        return oracleRichardsonLucy();
    if (name == "oracle-wiener")
        return oracleWiener();
    const auto parsed = withSigma(name);
    if (parsed.method != "unsharp" && parsed.method != "rl")
        return std::nullopt;
    if (!parsed.sigma)
        return notASigma(name);
    return parsed.method == "rl" ? guessingContender(*parsed.sigma)
                                 : unsharpContender(*parsed.sigma);
}

bool needsTheKernel(const std::string& name)
{
    return name.rfind("oracle-", 0) == 0;
}

MethodAndSigma withSigma(const std::string& name)
{
    const auto colon = name.find(':');
    if (colon == std::string::npos)
        return {name, usualSigma};
    const char* const end = name.data() + name.size();
    double sigma = 0.0;
    const auto [stop, error] = std::from_chars(name.data() + colon + 1, end, sigma);
    const bool sound = error == std::errc() && stop == end && sigma >= 0.1 && sigma <= 10.0;
    return {name.substr(0, colon), sound ? std::optional(sigma) : std::nullopt};
}

Result<Contender> notASigma(const std::string& name)
{
    return fail(ErrorCode::InvalidRequest, "'" + name + "': want a sigma of 0.1 to 10 pixels");
}

std::string shortNumber(double value)
{
    std::ostringstream text;
    text << value;
    return text.str();
}

} // namespace limpid::evaluation
