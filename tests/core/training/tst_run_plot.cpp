// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/run_plot.h"
#include "core/training/svg_drawing.h"

#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

#include <fstream>

using namespace limpid;
using namespace limpid::training;

namespace {

constexpr const char* tables =
    "\nstep 10\n\n| class | pictures | input dB | output dB | gain dB (95 %) | lowest |\n"
    "|---|---|---|---|---|---|\n"
    "| mild | 41 | 27.05 | 27.90 | +0.85 ± 0.42 | 18 |\n"
    "| sharp, untouched | 41 | – | 48.15 | – | 27.50 |\n"
    "\nstep 20, one step\n\n| class | pictures | input dB | output dB | gain dB (95 %) | lowest |\n"
    "|---|---|---|---|---|---|\n"
    "| mild | 41 | 27.05 | 28.05 | +1.00 ± 0.42 | 18 |\n"
    "\nstep 30, one step\n\n| class | gain dB |\n| mild | +1.10 |\n";

QString errorIn(const std::string& svg)
{
    QXmlStreamReader reader(QString::fromStdString(svg));
    while (!reader.atEnd())
        reader.readNext();
    return reader.errorString();
}

} // namespace

class TestRunPlot : public QObject {
    Q_OBJECT

private:
    QTemporaryDir temporary_;
    std::filesystem::path run_ = temporary_.path().toStdString();

private Q_SLOTS:
    void readsLogAndValidation()
    {
        std::ofstream(run_ / "log.tsv") << "step\tseconds\tloss\tratio\n"
                                        << "10\t20.5\t0.4\t0.98\n20\t41\t0.2\t0.95\textra\n";
        std::ofstream(run_ / "validation.md") << tables;

        const auto history = readRunHistory(run_);

        QVERIFY(history);
        QVERIFY(history->loss == (Curve{{10, 0.4}, {20, 0.2}}));
        QVERIFY(history->ratio == (Curve{{10, 0.98}, {20, 0.95}}));
        QCOMPARE(history->gains.size(), std::size_t{2});
        QCOMPARE(history->gains[0].first, std::string("mild"));
        QVERIFY(history->gains[0].second == (Curve{{10, 0.85}}));
        QCOMPARE(history->gains[1].first, std::string("mild, one step"));
        QVERIFY(history->gains[1].second == (Curve{{20, 1.0}, {30, 1.1}}));
    }

    void aRepeatedStepCountsOnceAndRubbishIsPassedOver()
    {
        std::ofstream(run_ / "log.tsv") << "10\t1\t0.4\t0.9\n10\t1\t0.3\t0.8\n20\t2\tnan\t0.7\nhal";

        const auto history = readRunHistory(run_);

        QVERIFY(history->loss == (Curve{{10, 0.3}}));
        QVERIFY(history->ratio == (Curve{{10, 0.8}, {20, 0.7}}));
    }

    void withoutALogThereIsNothingToDraw()
    {
        QCOMPARE(readRunHistory(run_ / "nowhere").error().code, ErrorCode::FileUnreadable);
        std::ofstream(run_ / "log.tsv") << "\n";
        QCOMPARE(readRunHistory(run_).error().code, ErrorCode::InvalidRequest);
    }

    void thePlotIsSoundXmlWithACurveForEachClass()
    {
        std::ofstream(run_ / "log.tsv") << "10\t1\t0.4\t0.9\n20\t2\t0.2\t0.8\n";
        std::ofstream(run_ / "validation.md") << tables;

        const auto target = writeRunPlot(run_);

        QVERIFY(target);
        std::ifstream file(*target);
        const std::string svg{std::istreambuf_iterator<char>(file), {}};
        QCOMPARE(errorIn(svg), QString());
        QCOMPARE(QString::fromStdString(svg).count(QStringLiteral("<polyline")), 6);
        QVERIFY(svg.find(">mild<") != std::string::npos);
    }

    void oneReportAloneIsDrawn()
    {
        QCOMPARE(errorIn(asSvg({.loss = {{5, 0.4}}, .ratio = {{5, 1.0}}, .gains = {}}, "a < b")),
                 QString());
    }

    void ticksAreRoundAndInside_data()
    {
        QTest::addColumn<double>("lowest");
        QTest::addColumn<double>("highest");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("step");
        QTest::newRow("ones") << 0.0 << 5.0 << 0.0 << 1.0;
        QTest::newRow("twos") << -3.0 << 5.0 << -2.0 << 2.0;
        QTest::newRow("small") << 0.9 << 1.0 << 0.9 << 0.02;
        QTest::newRow("large") << 0.0 << 20'000.0 << 0.0 << 5'000.0;
    }
    void ticksAreRoundAndInside()
    {
        QFETCH(double, lowest);
        QFETCH(double, highest);
        QFETCH(double, first);
        QFETCH(double, step);

        const auto ticks = ticksBetween(lowest, highest, 5);

        QVERIFY(std::abs(ticks.front() - first) < 1e-9);
        QVERIFY(std::abs(ticks[1] - ticks[0] - step) < 1e-9);
        QVERIFY(ticks.back() <= highest + 1e-9);
    }
};

QTEST_APPLESS_MAIN(TestRunPlot)
#include "tst_run_plot.moc"
