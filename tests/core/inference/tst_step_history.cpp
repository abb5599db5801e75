// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/step_history.h"

#include "core/methods/tensor_image.h"

#include <QTest>

using namespace limpid;
using inference::StepHistory;

namespace {

constexpr engine::JobId job{1};
constexpr int steps = 10;

/// How many of the steps of this job are kept.
int keptBy(const StepHistory& history)
{
    int kept = 0;
    for (int step = 1; step <= steps; ++step)
        kept += history.patch(job, step) ? 1 : 0;
    return kept;
}

} // namespace

class TestStepHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsLatentsWithinItsMemory_data();
    void keepsLatentsWithinItsMemory();
    void keepsPicturesFinerThanEightBits();
};

void TestStepHistory::keepsLatentsWithinItsMemory_data()
{
    QTest::addColumn<int>("affordable");
    QTest::addColumn<int>("kept");
    QTest::newRow("enough for all") << 10 << 10;
    QTest::newRow("enough for every third") << 4 << 4;
    QTest::newRow("enough for one") << 1 << 1;
    QTest::newRow("not enough for one") << 0 << 1;
}

void TestStepHistory::keepsLatentsWithinItsMemory()
{
    QFETCH(const int, affordable);
    QFETCH(const int, kept);
    const auto latent = torch::ones({1, 8, 4, 4});
    StepHistory history(affordable * static_cast<std::int64_t>(latent.nbytes()));
    history.begin(job, {0, 0, 2, 2}, steps);
    history.decodeWith([](const torch::Tensor&, const CancelToken&) {
        return torch::zeros({1, 3, 2, 2});
    });

    for (int step = 1; step <= steps; ++step)
        history.add(step, latent);

    QCOMPARE(keptBy(history), kept);
    QVERIFY(history.patch(job, steps));
}

void TestStepHistory::keepsPicturesFinerThanEightBits()
{
    constexpr Rect area{0, 0, 64, 64};
    const auto picture = torch::linspace(-0.9, 0.9, 3 * 64 * 64).view({1, 3, 64, 64});
    StepHistory history(4 * 6 * area.size().area()); // for four of the ten
    history.begin(job, area, steps);

    for (int step = 1; step <= steps; ++step)
        history.add(step, picture);

    QCOMPARE(keptBy(history), 4);
    const auto kept = methods::toTensor(history.patch(job, steps)->pixels, area);
    QVERIFY((kept - picture).abs().max().item<float>() < 1.0F / 2048.0F);
}

QTEST_APPLESS_MAIN(TestStepHistory)
#include "tst_step_history.moc"
