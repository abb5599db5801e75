// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/coarse_changes.h"

#include "core/methods/finite.h"
#include "tests/core/methods/simple_regression.h"
#include "tests/support/smooth_picture.h"

#include <QRect>
#include <QTest>

#include <limits>

using namespace limpid;
using namespace limpid::methods;
using tests::brightened;
using tests::by;
using tests::jobFor;
using tests::photoLike;
using tests::sharpened;

namespace {

/// Neither black, which no gain can correct, nor blown highlights, which are left alone.
image::Image midtones(Size size)
{
    const auto photo = photoLike(size);
    std::vector<float> values(photo.pixels().begin(), photo.pixels().end());
    for (float& value : values)
        value = 0.3F + 0.4F * value;
    return {size, std::move(values)};
}

} // namespace

class TestCoarseChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comeAtTheHalfAndTheQuarter();
    void areOfThePhotographReduced();
    void keepItsLowBandIfAskedTo_data();
    void keepItsLowBandIfAskedTo();
    void doNotDependOnTheTiles();
    void ofARegionAreThoseOfTheWhole_data();
    void ofARegionAreThoseOfTheWhole();
    void areNothingForOneScale();
    void atFullSizeLieWhereTheyBelong();
    void endWhenCancelled();
    void refuseWhatIsNoNumber();
};

void TestCoarseChanges::comeAtTheHalfAndTheQuarter()
{
    std::vector<std::int64_t> sides;
    const auto answer = [&](const torch::Tensor& picture) {
        sides.push_back(picture.size(2));
        sides.push_back(picture.size(3));
        return picture.clone();
    };

    const auto changes =
        coarseChanges(jobFor(photoLike({250, 190})), {0, 0, 256, 192}, 3, by(answer));

    QCOMPARE(changes.size(), std::size_t{2});
    QCOMPARE(changes[0].sizes(), (at::IntArrayRef{1, 3, 96, 128}));
    QCOMPARE(changes[1].sizes(), (at::IntArrayRef{1, 3, 48, 64}));
    QCOMPARE(sides, (std::vector<std::int64_t>{128, 128, 64, 64})); // multiples of 64
    for (const auto& change : changes)
        QCOMPARE(change.abs().max().item<float>(), 0.0F);
}

void TestCoarseChanges::areOfThePhotographReduced()
{
    const image::Image checks = [] {
        std::vector<float> values;
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x)
                values.insert(values.end(), 3, (x + y) % 2 == 0 ? 0.25F : 0.75F);
        return image::Image({64, 64}, values);
    }();
    torch::Tensor seen;

    coarseChanges(jobFor(checks), {0, 0, 64, 64}, 2,
                  by([&](const torch::Tensor& picture) { return seen = picture.clone(); }));

    QVERIFY(seen.abs().max().item<float>() < 1e-6F); // the mean of both
}

void TestCoarseChanges::keepItsLowBandIfAskedTo_data()
{
    QTest::addColumn<double>("lowFrequencies");
    QTest::addColumn<double>("expected");
    QTest::newRow("kept") << 1.0 << 0.0;
    QTest::newRow("not kept") << 0.0 << 0.1;
}

void TestCoarseChanges::keepItsLowBandIfAskedTo()
{
    QFETCH(const double, lowFrequencies);
    QFETCH(const double, expected);

    const auto changes = coarseChanges(jobFor(midtones({256, 256}), lowFrequencies),
                                       {0, 0, 256, 256}, 2, by(brightened));

    const double mean = changes[0].mean().item<double>();
    QVERIFY2(std::abs(mean - expected) < 0.005, qPrintable(QString::number(mean)));
}

void TestCoarseChanges::doNotDependOnTheTiles()
{
    const auto job = jobFor(photoLike({700, 520}));
    const Rect seen{0, 0, 704, 520};

    const auto whole = coarseChanges(job, seen, 2, by(sharpened, 768));
    const auto tiled = coarseChanges(job, seen, 2, by(sharpened, 192));

    QVERIFY(whole[0].abs().max().item<float>() > 0.01F);
    const auto difference = (whole[0] - tiled[0]).abs().max().item<float>();
    QVERIFY2(difference < 0.004F, qPrintable(QString::number(difference)));
}

void TestCoarseChanges::ofARegionAreThoseOfTheWhole_data()
{
    QTest::addColumn<QRect>("where");
    QTest::newRow("around it") << QRect(504, 344, 216, 200);
    QTest::newRow("far past it") << QRect(0, 256, 1024, 648);
}

void TestCoarseChanges::ofARegionAreThoseOfTheWhole()
{
    QFETCH(const QRect, where);
    auto job = jobFor(photoLike({1200, 900}));
    const auto whole = coarseChanges(job, {0, 0, 1200, 904}, 3, by(sharpened));
    job.region = region::Region{.rect = {560, 400, 100, 80}, .featherPixels = 8};
    const Rect seen{where.x(), where.y(), where.width(), where.height()};

    const auto part = coarseChanges(job, seen, 3, by(sharpened));

    for (const int i : {0, 1}) {
        const int scale = 2 << i;
        const auto at = [&](int pixels) {
            return static_cast<std::int64_t>(pixels / scale);
        };
        const auto same = whole[static_cast<std::size_t>(i)]
                              .narrow(2, at(seen.y), at(seen.height))
                              .narrow(3, at(seen.x), at(seen.width));
        QVERIFY(torch::allclose(part[static_cast<std::size_t>(i)], same, 0, 1e-4));
    }
}

void TestCoarseChanges::areNothingForOneScale()
{
    QVERIFY(coarseChanges(jobFor(photoLike({64, 64})), {0, 0, 64, 64}, 1, by(sharpened)).empty());
}

void TestCoarseChanges::atFullSizeLieWhereTheyBelong()
{
    // A ramp over the pictures of a scale: at full size the mean of each block is its pixel.
    const auto ramp =
        torch::arange(16).view({1, 1, 1, 16}).expand({1, 3, 12, 16}).contiguous() / 16.0;

    const auto full = atFullSize(ramp, 4);

    const auto back = torch::avg_pool2d(full, 4);
    QVERIFY(torch::allclose(back.slice(3, 2, 14), ramp.slice(3, 2, 14), 0, 1e-5));
}

void TestCoarseChanges::endWhenCancelled()
{
    CancelSource source;
    source.requestCancel();
    auto regression = by(sharpened);
    regression.token = source.token();

    QVERIFY_THROWS_EXCEPTION(
        Cancelled, coarseChanges(jobFor(photoLike({64, 64})), {0, 0, 64, 64}, 2, regression));
}

void TestCoarseChanges::refuseWhatIsNoNumber()
{
    const auto broken = [](const torch::Tensor& picture) {
        return picture * std::numeric_limits<float>::quiet_NaN();
    };

    QVERIFY_THROWS_EXCEPTION(
        NonFinite, coarseChanges(jobFor(photoLike({64, 64})), {0, 0, 64, 64}, 2, by(broken)));
}

QTEST_APPLESS_MAIN(TestCoarseChanges)
#include "tst_coarse_changes.moc"
