// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/degradation_grid.h"
#include "core/evaluation/kernel_files.h"
#include "core/training/picture_file.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <numeric>

using namespace limpid;
using namespace limpid::evaluation;
using training::psfRadius;
using training::psfSide;

namespace {

namespace fs = std::filesystem;

/// Black, with these pixels set.
torch::Tensor dots(std::int64_t side, const std::vector<std::tuple<int, int, double>>& values)
{
    auto picture = torch::zeros({1, 3, side, side});
    for (const auto& [x, y, value] : values)
        picture.select(2, y).select(2, x).fill_(value);
    return picture;
}

double momentOf(const training::Psf& psf, bool alongX)
{
    double moment = 0.0;
    for (int i = 0; i < psfSide * psfSide; ++i)
        moment +=
            psf[static_cast<std::size_t>(i)] * ((alongX ? i % psfSide : i / psfSide) - psfRadius);
    return moment;
}

} // namespace

class TestKernelFiles : public QObject {
    Q_OBJECT

private:
    QTemporaryDir temporary_;
    fs::path folder_ = temporary_.path().toStdString();

    fs::path write(const char* name, const torch::Tensor& picture)
    {
        const auto file = folder_ / name;
        fs::create_directories(file.parent_path());
        if (!training::writePicture(picture, file))
            throw std::runtime_error("cannot write " + file.string());
        return file;
    }

private Q_SLOTS:
    void aKernelIsCenteredAndSumsToOne_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("PNG") << QStringLiteral("motion.png");
        QTest::newRow("TIFF") << QStringLiteral("motion.tif");
    }
    void aKernelIsCenteredAndSumsToOne()
    {
        QFETCH(QString, name);
        const auto file =
            write(qPrintable(name), dots(40, {{3, 5, 1.0}, {4, 5, 1.0}, {7, 9, 0.4}}));

        const auto kernel = readKernel(file);

        QVERIFY(kernel);
        QCOMPARE(kernel->name, std::string("motion"));
        const auto& psf = kernel->psf;
        QVERIFY(std::abs(std::accumulate(psf.begin(), psf.end(), 0.0) - 1.0) < 1e-6);
        QVERIFY(std::abs(momentOf(psf, true)) < 1e-5);
        QVERIFY(std::abs(momentOf(psf, false)) < 1e-5);
        QCOMPARE(kernel->extent, 5.0); // 3…7 and 5…9
    }

    void aCenteredDotIsNoBlur()
    {
        const auto kernel = readKernel(write("dot.png", dots(9, {{4, 4, 0.7}})));

        QVERIFY(std::abs(kernel->psf[psfRadius * psfSide + psfRadius] - 1.0F) < 1e-6F);
    }

    void whatIsNoKernelIsRefusedByName_data()
    {
        QTest::addColumn<double>("ground");
        QTest::addColumn<double>("corner");
        QTest::newRow("black") << 0.0 << 0.0;
        QTest::newRow("gray ground of a large picture") << 0.1 << 1.0;
    }
    void whatIsNoKernelIsRefusedByName()
    {
        QFETCH(double, ground);
        QFETCH(double, corner);
        const auto file = write("bad.png", dots(120, {{0, 0, corner}}) + ground);

        const auto kernel = readKernel(file);

        QVERIFY(!kernel);
        QCOMPARE(kernel.error().code, ErrorCode::DamagedFile);
        QCOMPARE(kernel.error().path, file);
    }

    void aFolderIsReadByName()
    {
        write("set/b.png", dots(9, {{4, 4, 1.0}}));
        write("set/a.png", dots(30, {{4, 4, 1.0}, {24, 4, 1.0}}));

        const auto kernels = readKernels(folder_ / "set");

        QVERIFY(kernels);
        QCOMPARE(kernels->size(), std::size_t{2});
        QCOMPARE((*kernels)[0].name, std::string("a"));
    }

    void anEmptyFolderIsNamed()
    {
        QCOMPARE(readKernels(folder_ / "nothing").error().code, ErrorCode::FileNotFound);
    }

    void givenKernelsReplaceThoseThatAreDrawn()
    {
        const auto small = *readKernel(write("small.png", dots(9, {{3, 4, 1.0}, {5, 4, 1.0}})));
        const auto large = *readKernel(write("large.png", dots(30, {{4, 4, 1.0}, {24, 4, 1.0}})));

        const auto cells = degradationGrid({large, small});

        QCOMPARE(cells.size(), std::size_t{12});
        QCOMPARE(nameOf(cells[0]), std::string("small"));
        QVERIFY(cells[0].severity == training::BlurClass::Mild);
        QVERIFY(cells[4].severity == training::BlurClass::Strong);
        QVERIFY(degradationOf(cells[5], 0).first == large.psf);
        QVERIFY(cells[11].blur == BlurKind::None);
    }
};

QTEST_APPLESS_MAIN(TestKernelFiles)
#include "tst_kernel_files.moc"
