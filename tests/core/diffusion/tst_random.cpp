// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/random.h"

#include <QtTest/QtTest>

#include <cmath>
#include <numbers>

using namespace limpid;
using namespace limpid::diffusion;

class TestRandom : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void usesThePublishedPhiloxWords()
    {
        // Random123's known answer for counter 0, key 0 begins with these two words.
        const double u = (0x6627E8D5U + 1.0) * 0x1p-32;
        const double angle = 2.0 * std::numbers::pi * (0xE169C58DU * 0x1p-32);

        const auto value = positionNoise({.seed = 0, .step = 0}, {0, 0, 1, 1}, 1).item<float>();

        QVERIFY(std::abs(value - std::sqrt(-2.0 * std::log(u)) * std::cos(angle)) < 1e-6);
    }

    void agreesWhereAreasOverlap()
    {
        const NoiseKey key{.seed = 7, .step = 2};

        const auto whole = positionNoise(key, {-20, -10, 90, 70}, 3);
        const auto part = positionNoise(key, {5, 11, 31, 17}, 3);

        QVERIFY(torch::equal(part, whole.narrow(2, 21, 17).narrow(3, 25, 31)));
    }

    void isStandardNormal()
    {
        const auto field = positionNoise({.seed = 3, .step = -1}, {0, 0, 400, 400}, 3);

        QVERIFY(std::abs(field.mean().item<double>()) < 0.01);
        QVERIFY(std::abs(field.var().item<double>() - 1.0) < 0.01);
        QVERIFY(std::abs((field.pow(4).mean()).item<double>() - 3.0) < 0.1);
    }

    void differsByKey_data()
    {
        QTest::addColumn<quint64>("seed");
        QTest::addColumn<int>("step");
        QTest::newRow("another seed") << quint64{2} << 0;
        QTest::newRow("a seed beyond 32 bits") << (quint64{1} << 32) + 1 << 0;
        QTest::newRow("another step") << quint64{1} << 1;
    }
    void differsByKey()
    {
        QFETCH(quint64, seed);
        QFETCH(int, step);

        const auto a = positionNoise({.seed = 1, .step = 0}, {0, 0, 200, 200}, 1);
        const auto b = positionNoise({.seed = seed, .step = step}, {0, 0, 200, 200}, 1);

        QVERIFY(std::abs((a * b).mean().item<double>()) < 0.03);
    }

    void channelsAndNeighboursAreIndependent()
    {
        const auto field = positionNoise({.seed = 1, .step = 0}, {0, 0, 300, 300}, 2);
        const auto a = field.select(1, 0);
        const auto b = field.select(1, 1);

        QVERIFY(std::abs((a * b).mean().item<double>()) < 0.02);
        QVERIFY(std::abs((a.slice(2, 1) * a.slice(2, 0, -1)).mean().item<double>()) < 0.02);
        QVERIFY(std::abs((a.slice(1, 1) * a.slice(1, 0, -1)).mean().item<double>()) < 0.02);
    }
};

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
