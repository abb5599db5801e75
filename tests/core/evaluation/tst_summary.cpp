// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/summary.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace limpid::evaluation;

namespace {

Sample sample(const std::string& contender, const std::string& photo, const std::string& severity,
              double gain)
{
    return {.contender = contender,
            .photo = photo,
            .blur = {},
            .severity = severity,
            .finish = {},
            .input = {{"psnr", 20.0}},
            .output = {{"psnr", 20.0 + gain}}};
}

} // namespace

class TestSummary : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anIntervalIsStudents_data()
    {
        QTest::addColumn<int>("values");
        QTest::addColumn<double>("half");
        // Half of the values are 1, half are −1: deviation √(n / (n − 1)); times t / √n.
        QTest::newRow("two") << 2 << 12.706;
        QTest::newRow("four") << 4 << 3.182 / std::sqrt(3.0);
        QTest::newRow("forty-two") << 42 << 2.0195 / std::sqrt(41.0);
    }
    void anIntervalIsStudents()
    {
        QFETCH(int, values);
        QFETCH(double, half);
        std::vector<double> given;
        for (int i = 0; i < values; ++i)
            given.push_back(i % 2 == 0 ? 1.0 : -1.0);

        const auto interval = intervalOf(given);

        QVERIFY(std::abs(interval.mean) < 1e-12);
        QVERIFY(std::abs(interval.half - half) < 1e-3);
    }

    void oneValueHasNoInterval()
    {
        QCOMPARE(intervalOf({3.0}).mean, 3.0);
        QVERIFY(std::isnan(intervalOf({3.0}).half));
    }

    void eachPhotographCountsOnce()
    {
        const auto summaries =
            summarized({sample("msg", "a", "mild", 1.0), sample("msg", "a", "mild", 1.0),
                        sample("msg", "a", "mild", 1.0), sample("msg", "b", "mild", 3.0)},
                       &Sample::severity);

        QCOMPARE(summaries.size(), std::size_t{1});
        QCOMPARE(summaries[0].photos, 2);
        QCOMPARE(summaries[0].pictures, 4);
        QCOMPARE(summaries[0].gain.at("psnr").mean, 2.0);
        QCOMPARE(summaries[0].input.at("psnr").mean, 20.0);
        QVERIFY(std::abs(summaries[0].gain.at("psnr").half - 12.706) < 1e-6);
    }

    void groupsStayTogetherInTheirOrder()
    {
        const auto summaries =
            summarized({sample("input", "a", "strong", 0), sample("msg", "a", "strong", 1),
                        sample("input", "a", "mild", 0), sample("msg", "a", "mild", 2),
                        sample("late", "b", "strong", 3)},
                       &Sample::severity);

        std::string order;
        for (const auto& summary : summaries)
            order += summary.group + ' ' + summary.contender + '/';
        QCOMPARE(order, std::string("strong input/strong msg/strong late/mild input/mild msg/"));
    }

    void figuresThatOnlyTheOutputHasAreNoGain()
    {
        auto one = sample("msg", "a", "mild", 1.0);
        one.output["seconds"] = 2.0;

        const auto summary = summarized({one}, &Sample::severity).front();

        QCOMPARE(summary.output.at("seconds").mean, 2.0);
        QVERIFY(!summary.gain.contains("seconds"));
    }
};

QTEST_APPLESS_MAIN(TestSummary)
#include "tst_summary.moc"
