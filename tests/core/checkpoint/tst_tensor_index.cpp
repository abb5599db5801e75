// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/tensor_index.h"

#include <QTest>

#include <cstring>

using namespace limpid::checkpoint;

namespace {

/// Bytes in memory that count what is read of them.
class CountedBytes : public ByteSource {
public:
    explicit CountedBytes(std::size_t size) : bytes_(size)
    {
        for (std::size_t i = 0; i < size; ++i)
            bytes_[i] = static_cast<std::byte>(i * 2'654'435'761U >> 24);
    }

    std::uint64_t size() const override { return bytes_.size(); }

    void read(std::uint64_t offset, std::span<std::byte> target) const override
    {
        std::memcpy(target.data(), at(offset), target.size());
        read_ += target.size();
        ++calls_;
    }

    const std::byte* at(std::uint64_t offset) const
    {
        return &bytes_[static_cast<std::size_t>(offset)];
    }
    std::uint64_t bytesRead() const { return read_; }
    int calls() const { return calls_; }

private:
    std::vector<std::byte> bytes_;
    mutable std::uint64_t read_ = 0;
    mutable int calls_ = 0;
};

} // namespace

class TestTensorIndex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAViewAtALowPrice_data();
    void readsAViewAtALowPrice();
};

void TestTensorIndex::readsAViewAtALowPrice_data()
{
    using Numbers = std::vector<std::int64_t>;
    QTest::addColumn<Numbers>("shape");
    QTest::addColumn<Numbers>("strides");
    QTest::addColumn<int>("mostCalls");
    const auto row = [](const char* name, const Numbers& shape, const Numbers& strides,
                        int mostCalls) {
        QTest::newRow(name) << shape << strides << mostCalls;
    };
    row("elements side by side", {40, 500}, {1000, 1}, 3);
    row("elements near each other", {3, 5000}, {70'000, 10}, 12);
    row("elements just within a page", {200}, {1023}, 13);
    row("elements a page apart", {200}, {1024}, 200);
    row("elements farther apart than a piece", {12}, {20'000}, 12);
    row("the same far places again and again", {50, 12}, {0, 20'000}, 12);
    row("far places that overlap", {20, 6, 6}, {20'000, 20'000, 0}, 120);
    row("far places beside a stride of no use", {1, 12}, {1, 20'000}, 12);
}

/// A file must not decide how much is read for each of its numbers: at most a page, and few calls
/// where they are near each other.
void TestTensorIndex::readsAViewAtALowPrice()
{
    QFETCH(const std::vector<std::int64_t>, shape);
    QFETCH(const std::vector<std::int64_t>, strides);
    QFETCH(const int, mostCalls);
    const CountedBytes file(4 * 600'000);
    TensorEntry entry{.shape = shape, .strides = strides};
    std::vector<std::uint64_t> places{0};
    for (std::size_t d = 0; d < shape.size(); ++d) {
        std::vector<std::uint64_t> further;
        for (const auto place : places)
            for (std::int64_t i = 0; i < shape[d]; ++i)
                further.push_back(place + static_cast<std::uint64_t>(4 * i * strides[d]));
        places = std::move(further);
    }
    entry.bytes = 4 * places.size();
    std::vector<std::byte> target(entry.bytes);

    readElements(file, entry, target);

    for (std::size_t i = 0; i < places.size(); ++i)
        QCOMPARE(std::memcmp(&target[4 * i], file.at(places[i]), 4), 0);
    constexpr std::uint64_t page = 4096;
    constexpr std::uint64_t piece = std::uint64_t{64} << 10;
    QVERIFY(file.bytesRead() <= page * places.size() + piece);
    QVERIFY2(file.calls() <= mostCalls, QByteArray::number(file.calls()).constData());
}

QTEST_APPLESS_MAIN(TestTensorIndex)
#include "tst_tensor_index.moc"
