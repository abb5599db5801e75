// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classic_methods.h"
#include "core/evaluation/natural_features.h"
#include "core/evaluation/naturalness.h"
#include "core/training/jpeg_loss.h"
#include "tests/core/evaluation/scenes.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <fstream>
#include <new>
#include <sstream>
#include <vector>

using namespace limpid;
using namespace limpid::evaluation;
using tests::deadLeaves;

namespace {

torch::Tensor uniform(std::int64_t count)
{
    torch::manual_seed(3);
    return torch::rand({count}, torch::kFloat64);
}

torch::Tensor samplesOf(const std::string& name)
{
    const auto u = uniform(200'000);
    const auto sign = torch::where(torch::rand_like(u) < 0.5, -1.0, 1.0);
    if (name == "Laplacian")
        return -torch::log(u.clamp_min(1e-12)) * sign;
    if (name == "flat")
        return u * sign;
    return torch::randn_like(u);
}

torch::Tensor blurred(const torch::Tensor& picture)
{
    return torch::avg_pool2d(torch::replication_pad2d(picture, {2, 2, 2, 2}), 5, 1);
}

torch::Tensor damaged(const torch::Tensor& picture, const QString& damage)
{
    if (damage == QStringLiteral("blur"))
        return blurred(picture);
    if (damage == QStringLiteral("noise"))
        return picture + 0.08 * torch::randn({1, 1, picture.size(2), picture.size(3)});
    return training::throughJpeg(picture.clamp(0.0, 1.0).to(torch::kFloat32), {8}, false);
}

} // namespace

class TestNaturalness : public QObject {
    Q_OBJECT

private:
    /// Of three pictures of dead leaves.
    static const NaturalnessModel& model()
    {
        static const NaturalnessModel fitted([] {
            std::vector<torch::Tensor> features;
            for (const std::uint64_t seed : {1, 2, 3})
                features.push_back(naturalPatches(deadLeaves(384, seed)).features);
            return torch::cat(features);
        }());
        return fitted;
    }

private Q_SLOTS:
    void findsTheShapeOfKnownDistributions_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("shape");
        QTest::addColumn<double>("deviation");
        QTest::newRow("Gaussian") << QStringLiteral("Gaussian") << 2.0 << 1.0;
        QTest::newRow("Laplacian") << QStringLiteral("Laplacian") << 1.0 << std::sqrt(2.0);
    }
    void findsTheShapeOfKnownDistributions()
    {
        QFETCH(QString, name);
        QFETCH(double, shape);
        QFETCH(double, deviation);

        const auto found = fitted(samplesOf(name.toStdString()).unsqueeze(0)).front();

        QVERIFY2(std::abs(found.shape - shape) < 0.03, qPrintable(QString::number(found.shape)));
        QVERIFY(std::abs(found.left - deviation) < 0.02);
        QVERIFY(std::abs(found.right - deviation) < 0.02);
        QVERIFY(std::abs(found.mean) < 0.02);
    }

    void flatDistributionsHaveALargeShape()
    {
        QVERIFY(fitted(samplesOf("flat").unsqueeze(0)).front().shape > 6.0);
    }

    void findsBothSidesOfALopsidedDistribution()
    {
        // A density without a jump at 0 has twice the weight on the side that is twice as wide.
        const auto right = (uniform(300'000) < 2.0 / 3.0).to(torch::kFloat64);
        const auto half = torch::randn_like(right).abs();

        const auto found = fitted((half * (3.0 * right - 1.0)).unsqueeze(0)).front();

        QVERIFY(std::abs(found.shape - 2.0) < 0.05);
        QVERIFY(std::abs(found.left - 1.0) < 0.02);
        QVERIFY(std::abs(found.right - 2.0) < 0.02);
        // (√2 · 2 − √2 · 1) Γ(1) / Γ(½)
        QVERIFY(std::abs(found.mean - std::sqrt(2.0 / M_PI)) < 0.02);
    }

    void damageRaisesTheDistance_data()
    {
        QTest::addColumn<QString>("damage");
        for (const char* damage : {"blur", "noise", "JPEG"})
            QTest::newRow(damage) << QString::fromLatin1(damage);
    }
    void damageRaisesTheDistance()
    {
        QFETCH(QString, damage);
        const auto picture = deadLeaves(384, 9);

        const double sharp = *model().distanceOf(picture);
        const double worse = *model().distanceOf(damaged(picture, damage));

        QVERIFY2(worse > 1.3 * sharp, qPrintable(QStringLiteral("%1 → %2").arg(sharp).arg(worse)));
    }

    void aSmallPictureHasNoFigure()
    {
        QVERIFY(!model().distanceOf(deadLeaves(128, 1)));
        QVERIFY(model().distanceOf(deadLeaves(144, 1)));
    }

    void aModelSurvivesItsFile()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("m")).toStdString();
        const auto picture = deadLeaves(192, 4);

        QVERIFY(model().write(file));

        const auto read = NaturalnessModel::read(file);
        QVERIFY(read);
        QVERIFY(std::abs(*read->distanceOf(picture) - *model().distanceOf(picture)) < 1e-2);
        QVERIFY(std::filesystem::file_size(file) < 10'000);
    }

    void aForeignFileIsRefused()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("m")).toStdString();
        std::ofstream(file) << "not a model";

        QCOMPARE(NaturalnessModel::read(file).error().code, ErrorCode::ModelDamaged);
        QCOMPARE(NaturalnessModel::read(file / "no").error().code, ErrorCode::ModelMissing);
    }

    void aPhotographThatFailsIsLeftOut()
    {
        std::ostringstream progress;
        const NamedPhoto good{"good", [] {
                                  const auto picture = deadLeaves(384, 1)[0].clamp(0.0, 1.0);
                                  return Result<torch::Tensor>((picture * 255.0).to(torch::kUInt8));
                              }};
        const NamedPhoto failing{"failing", []() -> Result<torch::Tensor> {
                                     throw std::bad_alloc();
                                 }};

        std::vector<NamedPhoto> photos(20, good);
        photos.insert(photos.begin() + 1, failing);

        QVERIFY(fitNaturalness(photos, progress));
        QVERIFY(progress.str().find("failing is left out: an allocation failed") !=
                std::string::npos);
    }

    void tooFewPatchesAreRefused()
    {
        std::ostringstream progress;
        const NamedPhoto small{
            "a", [] {
                return Result<torch::Tensor>(torch::randint(0, 255, {3, 160, 160}, torch::kUInt8));
            }};

        QCOMPARE(fitNaturalness({small}, progress).error().code, ErrorCode::InvalidRequest);
    }
};

QTEST_APPLESS_MAIN(TestNaturalness)
#include "tst_naturalness.moc"
