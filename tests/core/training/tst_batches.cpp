// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/batches.h"
#include "tests/core/training/training_samples.h"

#include <QtTest/QtTest>

#include <optional>

using namespace limpid;
using namespace limpid::tests;
using namespace limpid::training;

class TestBatches : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_.emplace();
        makeTiny(options_);
    }

    void dependOnTheStepAloneHoweverTheyAreDrawn_data()
    {
        QTest::addColumn<qint64>("ahead");
        QTest::newRow("one by one") << qint64{0};
        QTest::newRow("in the background") << qint64{3};
    }

    void dependOnTheStepAloneHoweverTheyAreDrawn()
    {
        QFETCH(const qint64, ahead);
        Batches batches(folder_->photos(), options_, ahead);

        for (const std::int64_t step : {4, 5, 6, 2, 6}) {
            const auto pair = batches.at(step);
            const auto wanted = drawBatch(folder_->photos(), options_, step);
            QVERIFY(torch::equal(pair.blurred, wanted.blurred));
            QVERIFY(torch::equal(pair.sharp, wanted.sharp));
        }
        QVERIFY(!torch::equal(batches.at(4).blurred, batches.at(5).blurred));
    }

private:
    std::optional<PhotoFolder> folder_;
    LearningOptions options_;
};

QTEST_APPLESS_MAIN(TestBatches)
#include "tst_batches.moc"
