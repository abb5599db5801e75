// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

namespace limpid {

namespace {

/// The fractions of the cube roots of the first 64 primes.
constexpr std::array<std::uint32_t, 64> roots{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

using Schedule = std::array<std::uint32_t, 64>;

Schedule scheduleOf(const std::array<std::uint8_t, 64>& block)
{
    Schedule w{};
    for (std::size_t i = 0; i < 16; ++i) {
        for (std::size_t byte = 0; byte < 4; ++byte)
            w[i] = (w[i] << 8) | block[4 * i + byte];
    }
    for (std::size_t i = 16; i < 64; ++i) {
        const std::uint32_t a = w[i - 15];
        const std::uint32_t b = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3)) +
               (std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10));
    }
    return w;
}

} // namespace

void Sha256::add(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const std::size_t used = length_ % block_.size();
        const std::size_t count = std::min(block_.size() - used, bytes.size());
        std::memcpy(&block_[used], bytes.data(), count);
        length_ += count;
        bytes = bytes.subspan(count);
        if (length_ % block_.size() == 0)
            processBlock();
    }
}

std::string Sha256::hex()
{
    const std::uint64_t bits = length_ * 8;
    addByte(std::byte{0x80});
    while (length_ % 64 != 56)
        addByte(std::byte{0});
    for (int shift = 56; shift >= 0; shift -= 8)
        addByte(static_cast<std::byte>(bits >> shift));
    std::string text;
    for (const std::uint32_t word : state_) {
        for (int shift = 28; shift >= 0; shift -= 4)
            text += std::string_view("0123456789abcdef")[(word >> shift) & 15];
    }
    return text;
}

void Sha256::addByte(std::byte byte)
{
    block_[length_ % 64] = static_cast<std::uint8_t>(byte);
    if (++length_ % 64 == 0)
        processBlock();
}

/// FIPS 180-4, section 6.2.2; s[0]…s[7] are its a…h.
void Sha256::processBlock()
{
    const Schedule w = scheduleOf(block_);
    auto s = state_;
    for (std::size_t t = 0; t < 64; ++t) {
        const std::uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
        const std::uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        const std::uint32_t t1 = s[7] +
                                 (std::rotr(s[4], 6) ^ std::rotr(s[4], 11) ^ std::rotr(s[4], 25)) +
                                 choice + roots[t] + w[t];
        const std::uint32_t t2 =
            (std::rotr(s[0], 2) ^ std::rotr(s[0], 13) ^ std::rotr(s[0], 22)) + majority;
        s = {t1 + t2, s[0], s[1], s[2], s[3] + t1, s[4], s[5], s[6]};
    }
    for (std::size_t i = 0; i < s.size(); ++i)
        state_[i] += s[i];
}

Result<std::string> sha256OfFile(const std::filesystem::path& path)
{
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found)
        return fail(ErrorCode::FileNotFound, "no such file", path);
    if (error)
        return fail(ErrorCode::FileUnreadable, error.message(), path);
    if (!std::filesystem::is_regular_file(status)) // A pipe would block for ever.
        return fail(ErrorCode::NotARegularFile, "not a regular file", path);
    std::ifstream file(path, std::ios::binary);
    Sha256 sum;
    std::vector<char> piece(1 << 16);
    while (file) {
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        sum.add(std::as_bytes(std::span(piece.data(), static_cast<std::size_t>(file.gcount()))));
    }
    if (!file.eof())
        return fail(ErrorCode::FileUnreadable, "reading failed", path);
    return sum.hex();
}

} // namespace limpid
