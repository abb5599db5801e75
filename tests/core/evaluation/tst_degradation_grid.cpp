// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/degradation_grid.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace limpid::evaluation;
using limpid::training::BlurClass;
using limpid::training::identityPsf;
using limpid::training::Psf;
using limpid::training::psfSide;

namespace {

/// Larger side of the box around all weights.
int extentOf(const Psf& psf)
{
    int left = psfSide;
    int right = -1;
    int top = psfSide;
    int bottom = -1;
    for (int i = 0; i < psfSide * psfSide; ++i) {
        if (psf[static_cast<std::size_t>(i)] < 1e-4F)
            continue;
        left = std::min(left, i % psfSide);
        right = std::max(right, i % psfSide);
        top = std::min(top, i / psfSide);
        bottom = std::max(bottom, i / psfSide);
    }
    return std::max(right - left, bottom - top) + 1;
}

} // namespace

class TestDegradationGrid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyBlurComesInEverySeverityAndFinish()
    {
        std::set<std::string> names;
        for (const auto& cell : degradationGrid())
            names.insert(nameOf(cell) + nameOf(cell.severity) + nameOf(cell.finish));

        QCOMPARE(names.size(), std::size_t{(4 * 3 + 1) * 4});
        QCOMPARE(degradationGrid().size(), names.size());
    }

    void theDamageIsAlwaysTheSame()
    {
        const GridCell cell{BlurKind::CameraShake, BlurClass::Strong, Finish::Noise};

        const auto once = degradationOf(cell, 3);
        const auto again = degradationOf(cell, 3);

        QVERIFY(once.first == again.first);
        QCOMPARE(once.noiseSeed, again.noiseSeed);
        QVERIFY(once.first != degradationOf(cell, 4).first);
    }

    void finishesShareTheKernel()
    {
        const GridCell clean{BlurKind::Linear, BlurClass::Mild, Finish::Clean};
        const GridCell jpeg{BlurKind::Linear, BlurClass::Mild, Finish::Jpeg};

        QVERIFY(degradationOf(clean, 0).first == degradationOf(jpeg, 0).first);
        QCOMPARE(degradationOf(clean, 0).jpegQuality, 0);
        QCOMPARE(degradationOf(jpeg, 0).jpegQuality, 85);
    }

    void aCameraSharpensWhatIsBlurred()
    {
        const auto blurred = degradationOf({BlurKind::Defocus, BlurClass::Mild, Finish::Camera}, 0);
        const auto sharp = degradationOf({.finish = Finish::Camera}, 0);

        QVERIFY(blurred.bayerMosaic && sharp.bayerMosaic);
        QVERIFY(blurred.sharpening > 0.0F);
        QCOMPARE(sharp.sharpening, 0.0F);
    }

    void extentsFollowTheSeverity_data()
    {
        QTest::addColumn<int>("severity");
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        // A path of n pixels, drawn between them, touches up to n + 2.
        QTest::newRow("mild") << int(BlurClass::Mild) << 2 << 8;
        QTest::newRow("moderate") << int(BlurClass::Moderate) << 6 << 16;
        QTest::newRow("strong") << int(BlurClass::Strong) << 14 << 32;
    }
    void extentsFollowTheSeverity()
    {
        QFETCH(int, severity);
        QFETCH(int, least);
        QFETCH(int, most);

        for (std::size_t photo = 0; photo < 20; ++photo) {
            const auto damage = degradationOf(
                {BlurKind::Linear, static_cast<BlurClass>(severity), Finish::Clean}, photo);
            QVERIFY(extentOf(damage.first) >= least);
            QVERIFY(extentOf(damage.first) <= most);
        }
    }

    void theSharpCellIsLeftAlone()
    {
        const auto damage = degradationOf({}, 0);

        QVERIFY(damage.first == identityPsf() && damage.second == identityPsf());
        QCOMPARE(damage.shotNoise, 0.0F);
        QCOMPARE(damage.jpegQuality, 0);
        QCOMPARE(damage.exposure, 1.0F);
    }

    void theFilterIsToldTheNoiseOfTheSensor()
    {
        const auto noisy = degradationOf({.finish = Finish::Noise}, 0);

        // shot · light + read², and a little rounding
        QVERIFY(std::abs(noiseVarianceOf(noisy, 0.5) - (1e-4 + 4e-6)) < 3e-6);
        QVERIFY(noiseVarianceOf(degradationOf({}, 0), 0.5) < 1e-5);
    }
};

QTEST_APPLESS_MAIN(TestDegradationGrid)
#include "tst_degradation_grid.moc"
