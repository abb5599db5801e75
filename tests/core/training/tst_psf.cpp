// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/psf.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

using namespace limpid::training;

namespace {

struct Moments {
    double sum = 0.0;
    double x = 0.0;
    double y = 0.0;
};

Moments momentsOf(const Psf& psf)
{
    Moments moments;
    for (int row = 0; row < psfSide; ++row)
        for (int column = 0; column < psfSide; ++column) {
            const double weight = psf[static_cast<std::size_t>(row * psfSide + column)];
            moments.sum += weight;
            moments.x += weight * (column - psfRadius);
            moments.y += weight * (row - psfRadius);
        }
    return moments;
}

double extentOf(const Trajectory& path)
{
    const auto [left, right] = std::minmax_element(path.x.begin(), path.x.end());
    const auto [top, bottom] = std::minmax_element(path.y.begin(), path.y.end());
    return std::max(*right - *left, *bottom - *top);
}

} // namespace

class TestPsf : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sumsToOneAndStaysCentered_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("extent");
        for (const double extent : {2.0, 6.0, 14.0, 30.0}) {
            const auto label = QString::number(extent).toLatin1();
            QTest::newRow(("shake " + label).constData()) << 0 << extent;
            QTest::newRow(("linear " + label).constData()) << 1 << extent;
            QTest::newRow(("disk " + label).constData()) << 2 << extent;
            QTest::newRow(("lens and shake " + label).constData()) << 3 << extent;
        }
    }
    void sumsToOneAndStaysCentered()
    {
        QFETCH(int, kind);
        QFETCH(double, extent);
        Dice dice(11, static_cast<std::uint64_t>(kind));
        const std::function<Psf()> make[] = {
            [&] { return psfOf(cameraShake(dice, extent)); },
            [&] { return psfOf(linearMotion(dice, extent)); },
            [&] { return defocusDisk(extent / 2); },
            [&] { return convolved(psfOf(cameraShake(dice, extent)), gaussianPsf(1.0)); },
        };

        const auto moments = momentsOf(make[kind]());

        QVERIFY(std::abs(moments.sum - 1.0) < 1e-4);
        QVERIFY(std::abs(moments.x) < 0.02);
        QVERIFY(std::abs(moments.y) < 0.02);
    }

    void pathsAreAsLongAsAsked()
    {
        Dice dice(3, 0);
        for (int i = 0; i < 50; ++i)
            QVERIFY(std::abs(extentOf(cameraShake(dice, 12.0)) - 12.0) < 1e-9);
    }

    void shakesDifferFromEachOther()
    {
        Dice dice(3, 0);

        QVERIFY(psfOf(cameraShake(dice, 12.0)) != psfOf(cameraShake(dice, 12.0)));
    }

    void sameDiceGiveTheSameShake()
    {
        Dice a(3, 9);
        Dice b(3, 9);

        QVERIFY(psfOf(cameraShake(a, 12.0)) == psfOf(cameraShake(b, 12.0)));
    }

    void convolutionWithTheIdentityChangesNothing()
    {
        const auto disk = defocusDisk(4.0);
        const auto same = convolved(identityPsf(), disk);

        for (std::size_t i = 0; i < disk.size(); ++i)
            QVERIFY(std::abs(same[i] - disk[i]) < 1e-6F);
    }
};

QTEST_APPLESS_MAIN(TestPsf)
#include "tst_psf.moc"
