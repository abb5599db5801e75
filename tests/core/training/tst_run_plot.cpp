// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/run_plot.h"
#include "core/training/svg_drawing.h"

#include <QSet>
#include <QSizeF>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

#include <fstream>
#include <set>

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

/// The attributes of all elements of a kind.
QList<QXmlStreamAttributes> partsOf(const std::string& svg, const char* kind)
{
    QList<QXmlStreamAttributes> parts;
    QXmlStreamReader reader(QString::fromStdString(svg));
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement &&
            reader.name() == QLatin1String(kind))
            parts.append(reader.attributes());
    return parts;
}

/// What is written at this x: the labels of an axis.
QStringList textsAt(const std::string& svg, double x)
{
    QStringList texts;
    QXmlStreamReader reader(QString::fromStdString(svg));
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement &&
            reader.name() == QLatin1String("text") &&
            reader.attributes().value(QLatin1String("x")).toDouble() == x)
            texts.append(reader.readElementText());
    return texts;
}

QSizeF sizeOf(const std::string& svg)
{
    const auto whole = partsOf(svg, "svg").value(0);
    return {whole.value(QLatin1String("width")).toDouble(),
            whole.value(QLatin1String("height")).toDouble()};
}

/// How far to the right a curve reaches.
double rightmostOf(const QXmlStreamAttributes& curve)
{
    double rightmost = 0.0;
    const auto points = curve.value(QLatin1String("points")).toString();
    for (const auto& point : points.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        rightmost = std::max(rightmost, point.section(QLatin1Char(','), 0, 0).toDouble());
    return rightmost;
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

    void whatWasLoggedBeyondTheStateOfAResumedRunIsForgotten()
    {
        std::ofstream(run_ / "log.tsv")
            << "10\t1\t0.4\t0.9\n20\t2\t8\t9\n30\t3\t8\t9\n15\t1\t0.3\t0.8\n";

        const auto history = readRunHistory(run_);

        QVERIFY(history->loss == (Curve{{10, 0.4}, {15, 0.3}}));
        QVERIFY(history->ratio == (Curve{{10, 0.9}, {15, 0.8}}));
    }

    void withoutALogOrTablesThereIsNothingToDraw()
    {
        QCOMPARE(readRunHistory(run_ / "nowhere").error().code, ErrorCode::FileUnreadable);
        std::ofstream(run_ / "log.tsv") << "\n";
        std::filesystem::remove(run_ / "validation.md");
        QCOMPARE(readRunHistory(run_).error().code, ErrorCode::InvalidRequest);
    }

    void tablesAloneAreDrawn_data()
    {
        QTest::addColumn<bool>("emptyLog");
        QTest::newRow("an empty log") << true;
        QTest::newRow("no log") << false;
    }
    void tablesAloneAreDrawn()
    {
        QFETCH(const bool, emptyLog);
        std::filesystem::remove(run_ / "log.tsv");
        if (emptyLog)
            std::ofstream(run_ / "log.tsv").close();
        std::ofstream(run_ / "validation.md") << tables;

        const auto history = readRunHistory(run_);

        QVERIFY(history);
        const auto svg = asSvg(*history, "run");
        QCOMPARE(partsOf(svg, "polyline").size(), 4); // two curves and their legends
        QVERIFY(svg.find("Validation") != std::string::npos);
        QVERIFY(svg.find("Loss") == std::string::npos);
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
        QCOMPARE(QString::fromStdString(svg).count(QStringLiteral("<polyline")), 8);
        QVERIFY(svg.find(">mild<") != std::string::npos);
    }

    void oneReportAloneIsDrawn()
    {
        QCOMPARE(errorIn(asSvg({.loss = {{5, 0.4}}, .ratio = {{5, 1.0}}, .gains = {}}, "a < b")),
                 QString());
    }

    void whatWasMeasuredAfterTheLastReportIsInside()
    {
        const auto svg = asSvg({.loss = {{10, 0.4}, {20, 0.3}},
                                .ratio = {{10, 1.0}, {20, 0.9}},
                                .gains = {{"mild", {{10, 0.1}, {80, 0.9}}}}},
                               "run");

        for (const auto& curve : partsOf(svg, "polyline")) {
            QVERIFY(rightmostOf(curve) > 0.0);
            QVERIFY(rightmostOf(curve) < sizeOf(svg).width());
        }
        QVERIFY(svg.find(">80<") != std::string::npos); // the axis goes there
    }

    void theLabelsOfAnAxisDiffer()
    {
        const auto labels = axisLabels({0.15519, 0.155195, 0.1552, 0.155205});

        QCOMPARE(std::set<std::string>(labels.begin(), labels.end()).size(), std::size_t{4});
        QCOMPARE(axisLabels({0.0, 2.5, 5.0}), (std::vector<std::string>{"0", "2.5", "5"}));
    }

    void aLossThatHardlyChangesHasLabelsThatDiffer()
    {
        const auto svg =
            asSvg({.loss = {{1, 0.1552}, {2, 0.15521}}, .ratio = {}, .gains = {}}, "run");

        auto labels = textsAt(svg, 8.0);
        QVERIFY(labels.size() >= 2);
        QCOMPARE(labels.removeDuplicates(), 0);
    }

    void curvesAreToldApartAndTheirLegendsFit()
    {
        RunHistory history;
        for (int i = 0; i < 16; ++i)
            history.gains.emplace_back("a class with a long name, all networks, " +
                                           std::to_string(i),
                                       Curve{{1, i}, {2, i}});

        const auto svg = asSvg(history, "run");

        QSet<QString> looks;
        for (const auto& curve : partsOf(svg, "polyline"))
            looks.insert(curve.value(QLatin1String("stroke")).toString() +
                         curve.value(QLatin1String("stroke-dasharray")).toString());
        QCOMPARE(looks.size(), 16);
        const auto size = sizeOf(svg);
        for (const auto& text : partsOf(svg, "text")) {
            QVERIFY(text.value(QLatin1String("y")).toDouble() < size.height());
            if (text.value(QLatin1String("x")).toDouble() >
                700.0) // a legend: 42 letters of some 6 pixels
                QVERIFY(text.value(QLatin1String("x")).toDouble() + 42 * 6.0 < size.width());
        }
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
