// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/safetensors_header.h"

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <set>

namespace limpid::checkpoint {
namespace {

struct NamedType {
    std::string_view name;
    DType dtype;
};

constexpr std::array namedTypes{
    NamedType{"F64", DType::F64},   NamedType{"F32", DType::F32}, NamedType{"F16", DType::F16},
    NamedType{"BF16", DType::BF16}, NamedType{"I64", DType::I64}, NamedType{"I32", DType::I32},
    NamedType{"I16", DType::I16},   NamedType{"I8", DType::I8},   NamedType{"U8", DType::U8},
    NamedType{"BOOL", DType::Bool},
};

constexpr std::string_view metadataKey = "__metadata__";

[[noreturn]] void refuse(std::string detail)
{
    throw Failure({ErrorCode::ModelDamaged, std::move(detail), {}});
}

/// A tensor as the header states it, offsets relative to the first tensor byte.
struct Statement {
    std::string name;
    std::optional<DType> dtype;
    std::optional<std::vector<std::int64_t>> shape;
    std::optional<std::vector<std::uint64_t>> range;
};

/// Receives the parser's events. A DOM would keep only the last of two equal names, so duplicates
/// can be seen only here; and the fixed shape of a header makes every other nesting an error.
// NOLINTBEGIN(readability-identifier-naming): the parser asks for types and methods of these names.
class HeaderReader {
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    explicit HeaderReader(const HeaderLimits& limits) : limits_(limits) {}

    std::vector<Statement> statements;
    std::map<std::string, std::string> metadata;

    bool null() { unexpected("null"); }
    bool boolean(bool) { unexpected("a boolean"); }
    bool number_integer(number_integer_t) { unexpected("a negative number"); }
    bool number_float(number_float_t, const string_t&) { unexpected("a fraction"); }
    bool binary(binary_t&) { unexpected("binary data"); }

    bool number_unsigned(number_unsigned_t value)
    {
        if (place_ == Place::Shape)
            addDimension(value);
        else if (place_ == Place::Range)
            addOffset(value);
        else
            unexpected("a number");
        return true;
    }

    bool string(string_t& value)
    {
        if (place_ == Place::Metadata)
            addMetadata(value);
        else if (place_ == Place::Tensor && field_ == "dtype")
            statements.back().dtype = typeNamed(value);
        else
            unexpected("a string");
        return true;
    }

    bool start_object(std::size_t)
    {
        if (place_ == Place::Outside)
            place_ = Place::Root;
        else if (place_ == Place::Root)
            place_ = field_ == metadataKey ? Place::Metadata : startTensor();
        else
            unexpected("an object");
        return true;
    }

    bool end_object()
    {
        place_ = place_ == Place::Root ? Place::Done : Place::Root;
        fields_.clear();
        return true;
    }

    bool start_array(std::size_t)
    {
        if (place_ == Place::Tensor && field_ == "shape") {
            statements.back().shape.emplace();
            place_ = Place::Shape;
        } else if (place_ == Place::Tensor && field_ == "data_offsets") {
            statements.back().range.emplace();
            place_ = Place::Range;
        } else {
            unexpected("a list");
        }
        return true;
    }

    bool end_array()
    {
        place_ = Place::Tensor;
        return true;
    }

    bool key(string_t& name)
    {
        auto& seen = place_ == Place::Root ? names_ : fields_;
        if (!seen.insert(name).second)
            refuse("the name '" + name + "' appears twice in the header");
        field_ = name;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&)
    {
        refuse("the header is not valid JSON at byte " + std::to_string(position));
    }

private:
    enum class Place { Outside, Root, Metadata, Tensor, Shape, Range, Done };

    [[noreturn]] void unexpected(const char* what) const
    {
        refuse(std::string("unexpected ") + what + " in the header at '" + field_ + "'");
    }

    Place startTensor()
    {
        if (statements.size() >= limits_.tensors)
            refuse("more than " + std::to_string(limits_.tensors) + " tensors");
        statements.push_back({.name = field_, .dtype = {}, .shape = {}, .range = {}});
        return Place::Tensor;
    }

    void addMetadata(const std::string& value)
    {
        if (metadata.size() >= limits_.metadataEntries)
            refuse("more than " + std::to_string(limits_.metadataEntries) + " metadata entries");
        metadata.emplace(field_, value);
    }

    void addDimension(std::uint64_t value)
    {
        auto& shape = *statements.back().shape;
        if (shape.size() >= limits_.dimensions)
            refuse("tensor '" + statements.back().name + "' has too many dimensions");
        if (value > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
            refuse("tensor '" + statements.back().name + "' has an impossible dimension");
        shape.push_back(static_cast<std::int64_t>(value));
    }

    void addOffset(std::uint64_t value)
    {
        auto& range = *statements.back().range;
        if (range.size() >= 2)
            refuse("tensor '" + statements.back().name + "' has more than two offsets");
        range.push_back(value);
    }

    DType typeNamed(const std::string& name) const
    {
        const auto* found = std::find_if(namedTypes.begin(), namedTypes.end(),
                                         [&](const NamedType& type) { return type.name == name; });
        if (found == namedTypes.end())
            throw Failure({ErrorCode::UnsupportedFormat,
                           "tensor '" + statements.back().name + "' has the element type '" + name +
                               "'; want F32, F16 or BF16",
                           {}});
        return found->dtype;
    }

    HeaderLimits limits_;
    Place place_ = Place::Outside;
    std::string field_;
    std::set<std::string, std::less<>> names_;
    std::set<std::string, std::less<>> fields_;
};
// NOLINTEND(readability-identifier-naming)

std::uint64_t checkedBytes(const Statement& tensor)
{
    // Checked against every dimension, also those after a zero, so that nobody can overflow later.
    std::uint64_t elements = 1;
    std::uint64_t nonZero = 1;
    for (const std::int64_t dimension : *tensor.shape) {
        elements *= static_cast<std::uint64_t>(dimension);
        if (dimension != 0 &&
            __builtin_mul_overflow(nonZero, static_cast<std::uint64_t>(dimension), &nonZero))
            refuse("the shape of tensor '" + tensor.name + "' overflows");
    }
    std::uint64_t ignored = 0;
    if (__builtin_mul_overflow(nonZero, elementSize(*tensor.dtype), &ignored) ||
        ignored > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
        refuse("the size of tensor '" + tensor.name + "' overflows");
    return elements * elementSize(*tensor.dtype);
}

void checkStatement(const Statement& tensor)
{
    if (!tensor.dtype || !tensor.shape || !tensor.range || tensor.range->size() != 2)
        refuse("tensor '" + tensor.name + "' lacks dtype, shape or data_offsets");
    const auto begin = tensor.range->front();
    const auto end = tensor.range->back();
    if (begin > end || end - begin != checkedBytes(tensor))
        refuse("the range of tensor '" + tensor.name + "' does not fit its shape");
}

void checkRanges(std::vector<Statement>& tensors, std::uint64_t dataBytes)
{
    std::sort(tensors.begin(), tensors.end(),
              [](const Statement& a, const Statement& b) { return *a.range < *b.range; });
    std::uint64_t end = 0;
    for (const Statement& tensor : tensors) {
        if (tensor.range->front() != end)
            refuse("tensor '" + tensor.name + "' leaves a gap or overlaps its neighbor");
        end = tensor.range->back();
    }
    if (end != dataBytes)
        refuse("the tensors end at byte " + std::to_string(end) + " of " +
               std::to_string(dataBytes));
}

} // namespace

TensorIndex parseSafetensorsHeader(std::string_view json, std::uint64_t dataBegin,
                                   std::uint64_t fileSize, const HeaderLimits& limits)
{
    if (json.empty() || json.front() != '{')
        refuse("the header does not begin with '{'");
    HeaderReader reader(limits);
    nlohmann::json::sax_parse(json, &reader);

    for (const Statement& tensor : reader.statements)
        checkStatement(tensor);
    checkRanges(reader.statements, fileSize - dataBegin);

    TensorIndex index;
    index.metadata = std::move(reader.metadata);
    for (Statement& tensor : reader.statements)
        index.tensors.emplace(std::move(tensor.name),
                              TensorEntry{.dtype = *tensor.dtype,
                                          .shape = std::move(*tensor.shape),
                                          .offset = dataBegin + tensor.range->front(),
                                          .bytes = tensor.range->back() - tensor.range->front()});
    return index;
}

std::string_view safetensorsName(DType dtype) noexcept
{
    const auto* found = std::find_if(namedTypes.begin(), namedTypes.end(),
                                     [&](const NamedType& type) { return type.dtype == dtype; });
    return found->name;
}

} // namespace limpid::checkpoint
