// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/tensor_index.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace limpid::checkpoint {
namespace {

/// The piece of a file that was read last, for elements that lie near each other.
class Window {
public:
    /// piece: the bytes read at a time.
    Window(const ByteSource& file, std::uint64_t piece) : file_(file), piece_(piece) {}

    /// Valid until the next call.
    const std::byte* at(std::uint64_t offset, std::size_t count)
    {
        if (offset < begin_ || offset + count > begin_ + bytes_.size()) {
            const auto most = std::min(piece_, file_.size() - offset);
            bytes_.resize(static_cast<std::size_t>(most));
            file_.read(offset, bytes_);
            begin_ = offset;
        }
        return &bytes_[static_cast<std::size_t>(offset - begin_)];
    }

private:
    const ByteSource& file_;
    std::uint64_t piece_;
    std::uint64_t begin_ = 0;
    std::vector<std::byte> bytes_;
};

/// One dimension of a view, in elements.
struct Axis {
    std::uint64_t size = 0;
    std::uint64_t from = 0; ///< Stride in the file.
    std::uint64_t to = 0;   ///< Stride in the target.
    std::uint64_t place = 0;
};

/// The dimensions in the order of the file, so that it is read from its front to its end.
std::vector<Axis> axesOf(const TensorEntry& entry)
{
    std::vector<Axis> axes;
    std::uint64_t to = 1;
    for (std::size_t d = entry.shape.size(); d-- > 0;) {
        axes.push_back({.size = static_cast<std::uint64_t>(entry.shape[d]),
                        .from = static_cast<std::uint64_t>(entry.strides[d]),
                        .to = to});
        to *= axes.back().size;
    }
    std::stable_sort(axes.begin(), axes.end(),
                     [](const Axis& a, const Axis& b) { return a.from < b.from; });
    return axes;
}

/// How many bytes to read at a time for these axes, in the order of the file, of elements of
/// `width` bytes. Where elements are far apart, each is read alone: the file must not decide how
/// many bytes are read for each of its numbers.
std::uint64_t pieceFor(const std::vector<Axis>& axes, std::size_t width)
{
    constexpr std::uint64_t piece = std::uint64_t{64} << 10;
    constexpr std::uint64_t far = std::uint64_t{4} << 10; // less costs no more than a read
    const auto step = std::find_if(axes.begin(), axes.end(),
                                   [](const Axis& axis) { return axis.size > 1 && axis.from > 0; });
    return step != axes.end() && step->from >= far / width ? width : piece;
}

void gatherView(const ByteSource& file, const TensorEntry& entry, std::span<std::byte> target)
{
    const std::size_t width = elementSize(entry.dtype);
    auto axes = axesOf(entry);
    Window window(file, pieceFor(axes, width));
    std::uint64_t from = 0; // both counted from the view's first element
    std::uint64_t to = 0;
    for (std::size_t done = 0; done < target.size(); done += width) {
        std::memcpy(&target[static_cast<std::size_t>(to) * width],
                    window.at(entry.offset + from * width, width), width);
        for (Axis& axis : axes) {
            from += axis.from;
            to += axis.to;
            if (++axis.place < axis.size)
                break;
            from -= axis.from * axis.size;
            to -= axis.to * axis.size;
            axis.place = 0;
        }
    }
}

} // namespace

std::size_t elementSize(DType dtype) noexcept
{
    switch (dtype) {
    case DType::F64:
    case DType::I64: return 8;
    case DType::F32:
    case DType::I32: return 4;
    case DType::F16:
    case DType::BF16:
    case DType::I16: return 2;
    case DType::I8:
    case DType::U8:
    case DType::Bool: return 1;
    }
    return 0;
}

std::uint64_t elementCount(const TensorIndex& index)
{
    std::uint64_t elements = 0;
    for (const auto& [name, entry] : index.tensors)
        elements += entry.bytes / elementSize(entry.dtype);
    return elements;
}

void readElements(const ByteSource& file, const TensorEntry& entry, std::span<std::byte> target)
{
    assert(target.size() == entry.bytes);
    if (entry.strides.empty())
        file.read(entry.offset, target);
    else
        gatherView(file, entry, target);
}

} // namespace limpid::checkpoint
