// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/checkpoint/published_layout.h"

#include <QTest>

#include <algorithm>
#include <numeric>

using namespace limpid;
using namespace limpid::checkpoint;

namespace {

/// "name<tab>3x4\n" per tensor in the order of the names' bytes.
std::string listOf(const TensorShapes& shapes, const std::string& prefix)
{
    std::string text;
    for (const auto& [name, shape] : shapes) {
        if (!name.starts_with(prefix))
            continue;
        std::string sizes;
        for (const auto size : shape)
            sizes += (sizes.empty() ? "" : "x") + std::to_string(size);
        text += name + "\t" + (shape.empty() ? "scalar" : sizes) + "\n";
    }
    return text;
}

std::string sumOf(const std::string& text)
{
    Sha256 sum;
    sum.add(std::as_bytes(std::span(text)));
    return sum.hex();
}

std::int64_t elementsOf(const TensorShapes& shapes)
{
    std::int64_t elements = 0;
    for (const auto& [name, shape] : shapes)
        elements += std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies());
    return elements;
}

} // namespace

class TestPublishedLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesTheTensorsOfTheReleasedCheckpoint_data();
    void namesTheTensorsOfTheReleasedCheckpoint();
    void hasThePublishedNumberOfParameters();
    void followsOtherSizes();
};

/// Sums of the names and shapes that strict loading of the released code expects.
void TestPublishedLayout::namesTheTensorsOfTheReleasedCheckpoint_data()
{
    QTest::addColumn<std::string>("prefix");
    QTest::addColumn<int>("count");
    QTest::addColumn<std::string>("sum");
    const auto row = [](const char* prefix, int count, const char* sum) {
        QTest::newRow(*prefix == '\0' ? "all" : prefix)
            << std::string(prefix) << count << std::string(sum);
    };

    row("unet.", 686, "c7a6816d79f6343e2cd1b384ddc1a38eea7314b08993cbfdef625e5cb0615cdf");
    row("kpn.", 686, "a9bb6879d66c1078faa57beed4e9d29a939b4ecd2fe2562791064f6a7bbdcf61");
    row("vae.", 248, "103624f2d453c2db3f965f807fc9831c8aa022c00c4625234de38b1985e44c3c");
    row("clip.", 294, "64ea11594d0f7796d1dc6240a38186144658d27f5edd57558236a14c66976ea8");
    row("controlnet.", 324, "d1413b1f18e2ef61ae7c6ab67aeda0ca6f7344f27f1580009f6761d7edaa2527");
    row("", 2238, "cb23646b68bbc7597a566ee0d9f2e7d4687b85dc4acc7face934211382e714ad");
}

void TestPublishedLayout::namesTheTensorsOfTheReleasedCheckpoint()
{
    QFETCH(const std::string, prefix);
    QFETCH(const int, count);
    QFETCH(const std::string, sum);

    const std::string list = listOf(tensorShapes({}), prefix);

    QCOMPARE(std::count(list.begin(), list.end(), '\n'), std::ptrdiff_t{count});
    QCOMPARE(sumOf(list), sum);
}

void TestPublishedLayout::hasThePublishedNumberOfParameters()
{
    QCOMPARE(elementsOf(tensorShapes({})), std::int64_t{1'811'669'264});
}

void TestPublishedLayout::followsOtherSizes()
{
    DeblurDiffLayout small;
    small.unet = {.modelChannels = 32,
                  .multipliers = {1, 2},
                  .attentionFactors = {2},
                  .residualBlocks = 1,
                  .contextChannels = 64};
    const auto shapes = tensorShapes(small);

    QVERIFY(!shapes.contains("unet.input_blocks.1.1.norm.weight"));
    QCOMPARE(shapes.at("unet.input_blocks.3.1.transformer_blocks.0.attn2.to_k.weight"),
             (std::vector<std::int64_t>{64, 64}));
    QCOMPARE(shapes.at("unet.output_blocks.3.0.in_layers.0.weight"),
             (std::vector<std::int64_t>{64}));
    QVERIFY(!shapes.contains("unet.output_blocks.4.0.in_layers.0.weight"));
}

QTEST_APPLESS_MAIN(TestPublishedLayout)
#include "tst_published_layout.moc"
