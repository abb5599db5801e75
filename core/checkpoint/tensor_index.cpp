// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/tensor_index.h"

namespace limpid::checkpoint {

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

} // namespace limpid::checkpoint
