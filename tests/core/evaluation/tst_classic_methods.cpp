// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classic_methods.h"
#include "core/evaluation/fidelity.h"
#include "core/evaluation/sharpness.h"
#include "core/training/degradation.h"
#include "tests/core/evaluation/scenes.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace limpid::evaluation;
using namespace limpid::training;

namespace {

struct Blurred {
    torch::Tensor picture; ///< 0…1.
    torch::Tensor sharp;
    Psf psf;
};

/// Squares on a smooth ground behind a known blur, with hardly any noise.
Blurred blurredBy(const Psf& psf)
{
    const std::int64_t side = 96 + psfMargins;
    auto picture = 0.3 + 0.2 * limpid::tests::scene(side);
    for (std::int64_t i = 8; i + 16 < side; i += 24)
        picture.slice(2, i, i + 12).slice(3, i % 16, side, 20) += 0.3;
    Degradation degradation;
    degradation.first = degradation.second = psf;
    const auto pair = degrade(picture, {degradation});
    return {(pair.blurred + 1.0) / 2.0, (pair.sharp + 1.0) / 2.0, psf};
}

double gain(const torch::Tensor& restored, const Blurred& known)
{
    return psnr(restored, known.sharp) - psnr(known.picture, known.sharp);
}

} // namespace

class TestClassicMethods : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unsharpMaskSharpensAndKeepsFlatGround()
    {
        const auto known = blurredBy(gaussianPsf(1.0));
        const auto flat = torch::full({1, 3, 32, 32}, 0.4);

        const auto sharper = unsharpMask(known.picture, 1.0, 1.0);

        QVERIFY(gradientEnergy(sharper) > 1.3 * gradientEnergy(known.picture));
        QVERIFY((unsharpMask(flat, 1.0, 1.0) - flat).abs().max().item<double>() < 1e-5);
    }

    void unsharpMaskOfNoAmountChangesNothing()
    {
        const auto picture = limpid::tests::scene(32);

        QVERIFY(torch::equal(unsharpMask(picture, 1.5, 0.0), picture));
    }

    void theTrueKernelUndoesMuchOfTheBlur_data()
    {
        QTest::addColumn<double>("radius");
        QTest::addColumn<double>("iterating");
        QTest::addColumn<double>("filtering");
        QTest::newRow("small disk") << 1.5 << 4.0 << 1.2;
        QTest::newRow("large disk") << 4.0 << 1.0 << 0.7;
    }
    void theTrueKernelUndoesMuchOfTheBlur()
    {
        QFETCH(double, radius);
        QFETCH(double, iterating);
        QFETCH(double, filtering);
        const auto known = blurredBy(defocusDisk(radius));

        const double iterated = gain(richardsonLucy(known.picture, known.psf, 30), known);
        const double filtered = gain(wiener(known.picture, known.psf, 1e-6), known);

        QVERIFY2(iterated > iterating, qPrintable(QString::number(iterated)));
        QVERIFY2(filtered > filtering, qPrintable(QString::number(filtered)));
    }

    void theBorderIsRestoredNearlyAsWellAsTheMiddle_data()
    {
        QTest::addColumn<double>("radius");
        QTest::newRow("small disk") << 1.5;
        QTest::newRow("large disk") << 4.0;
    }
    void theBorderIsRestoredNearlyAsWellAsTheMiddle()
    {
        QFETCH(double, radius);
        const auto known = blurredBy(defocusDisk(radius));
        const auto middle = [](const torch::Tensor& x) {
            return x.slice(2, 20, 76).slice(3, 20, 76);
        };

        for (const auto& restored : {richardsonLucy(known.picture, known.psf, 30),
                                     wiener(known.picture, known.psf, 1e-5)}) {
            const double whole = psnr(restored, known.sharp);
            const double inside = psnr(middle(restored), middle(known.sharp));
            QVERIFY2(whole > inside - 0.7,
                     qPrintable(QStringLiteral("%1 and %2 dB").arg(whole).arg(inside)));
        }
    }

    void withoutBlurNothingIsLost()
    {
        const auto known = blurredBy(identityPsf());

        QVERIFY(psnr(richardsonLucy(known.picture, known.psf, 30), known.picture) > 50.0);
        QVERIFY(psnr(wiener(known.picture, known.psf, 1e-7), known.picture) > 45.0);
    }

    void moreNoiseIsTrustedLess()
    {
        const auto known = blurredBy(defocusDisk(3.0));

        QVERIFY(gradientEnergy(wiener(known.picture, known.psf, 1e-2)) <
                gradientEnergy(wiener(known.picture, known.psf, 1e-6)));
    }

    void smallPicturesAreNoProblem()
    {
        const auto picture = limpid::tests::scene(24);

        QCOMPARE(richardsonLucy(picture, identityPsf(), 2).sizes(), picture.sizes());
        QCOMPARE(wiener(picture, identityPsf(), 1e-4).sizes(), picture.sizes());
    }
};

QTEST_APPLESS_MAIN(TestClassicMethods)
#include "tst_classic_methods.moc"
