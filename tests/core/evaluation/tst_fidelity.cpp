// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/fidelity.h"
#include "tests/core/evaluation/scenes.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace limpid::evaluation;
using limpid::tests::scene;

class TestFidelity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalPicturesScoreAHundred() { QCOMPARE(psnr(scene(32), scene(32)), 100.0); }

    void aConstantOffsetHasItsKnownPsnr_data()
    {
        QTest::addColumn<double>("offset");
        QTest::addColumn<double>("decibels");
        QTest::newRow("a tenth of the range") << 0.1 << 20.0;
        QTest::newRow("a hundredth of the range") << 0.01 << 40.0;
        QTest::newRow("one gray level") << 1.0 / 255.0 << 48.1308;
    }
    void aConstantOffsetHasItsKnownPsnr()
    {
        QFETCH(double, offset);
        QFETCH(double, decibels);

        QVERIFY(std::abs(psnr(scene(32) + offset, scene(32)) - decibels) < 1e-3);
    }

    void anOffsetOfThreeLevelsIsALowBandErrorOfThree()
    {
        QVERIFY(std::abs(lowBandError(scene(64) + 3.0 / 255.0, scene(64)) - 3.0) < 1e-4);
    }

    void anOffsetOfOneColorCountsAThird()
    {
        auto tinted = scene(64);
        tinted.select(1, 0) += 3.0 / 255.0;

        QVERIFY(std::abs(lowBandError(tinted, scene(64)) - std::sqrt(3.0)) < 1e-4);
    }

    void theFinestPatternIsNoLowBandError()
    {
        const auto x = torch::arange(128);
        const auto inside = torch::logical_and(x >= 32, x < 96);
        const auto stripes = 0.1 * (1.0 - 2.0 * torch::remainder(x, 2)) * inside;
        const auto striped = scene(128) + limpid::tests::fromProfile(stripes);

        QVERIFY(lowBandError(striped, scene(128)) < 0.5);
        QVERIFY(psnr(striped, scene(128)) < 23.1);
    }
};

QTEST_APPLESS_MAIN(TestFidelity)
#include "tst_fidelity.moc"
