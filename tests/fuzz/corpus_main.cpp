// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target over its seeds and over mutations of them that are the same every time.
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string_view>

namespace {

constexpr int mutationsPerSeed = 3000;
constexpr int mostChanges = 4;

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t limit)
{
    return limit == 0 ? 0 : random() % limit;
}

/// Numbers at which arithmetic goes wrong.
char interestingByte(Random& random)
{
    constexpr std::string_view bytes("\x00\x01\x7f\x80\xfe\xff", 6);
    return bytes[below(random, bytes.size())];
}

void change(std::string& input, Random& random)
{
    enum Kind { Flip, Replace, Widen, Insert, Delete, Repeat, Truncate, Count };
    const std::size_t at = below(random, input.size());
    const std::size_t length = std::min(input.size() - at, 1 + below(random, 16));
    switch (static_cast<Kind>(below(random, Count))) {
    case Flip:
        if (!input.empty())
            input[at] = static_cast<char>(input[at] ^ (1 << below(random, 8)));
        break;
    case Replace:
        if (!input.empty())
            input[at] = interestingByte(random);
        break;
    case Widen: std::fill_n(input.begin() + static_cast<long>(at), length, '\xff'); break;
    case Insert: input.insert(at, 1, interestingByte(random)); break;
    case Delete: input.erase(at, length); break;
    case Repeat: input.insert(at, input.substr(at, length)); break;
    case Truncate: input.resize(at); break;
    case Count: break;
    }
}

void run(const std::string& input)
{
    // A copy of its own on the heap, so that a sanitizer sees every byte read beyond the end.
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

int write(const std::filesystem::path& folder, const std::vector<std::string>& seeds)
{
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < seeds.size(); ++i)
        std::ofstream(folder / ("seed-" + std::to_string(i)), std::ios::binary) << seeds[i];
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const auto seeds = limpid::tests::fuzzSeeds();
    if (argc == 3 && std::string_view(argv[1]) == "--write")
        return write(argv[2], seeds);
    Random random(1);
    for (const std::string& seed : seeds) {
        run(seed);
        for (int i = 0; i < mutationsPerSeed; ++i) {
            std::string input = seed;
            for (std::size_t n = 1 + below(random, mostChanges); n > 0; --n)
                change(input, random);
            run(input);
        }
    }
    std::cout << seeds.size() * (mutationsPerSeed + 1) << " inputs\n";
    return 0;
}
