// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/time_forecast.h"

#include <QTest>

using namespace limpid::engine;
using namespace std::chrono_literals;

/// The time left of a batch, from megapixels and seconds.
class TestTimeForecast : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingAtFirst();
    void countsMegapixelsNotPhotos();
    void takesUnknownSizesForTheMean();
    void beginsWithTheFirstPhoto();
    void subtractsWhatIsDone();
    void followsTheCurrentSpeed();
    void learnsNothingFromAFailure();
};

namespace {

TimeForecast forecastOf(const std::vector<double>& megapixels)
{
    TimeForecast forecast(megapixels.size());
    for (std::size_t photo = 0; photo < megapixels.size(); ++photo)
        forecast.setSize(photo, megapixels[photo]);
    return forecast;
}

double secondsLeft(const TimeForecast& forecast)
{
    return forecast.left().value_or(TimeForecast::Seconds(-1)).count();
}

} // namespace

void TestTimeForecast::knowsNothingAtFirst()
{
    QVERIFY(!forecastOf({1, 2, 3}).left());

    TimeForecast sizeless(2);
    sizeless.end(5s);
    QVERIFY(!sizeless.left());
}

void TestTimeForecast::countsMegapixelsNotPhotos()
{
    auto forecast = forecastOf({2, 10, 1});

    forecast.end(4s);
    QCOMPARE(secondsLeft(forecast), 22.0);

    forecast.end(20s);
    QCOMPARE(secondsLeft(forecast), 2.0);

    forecast.end(2s);
    QCOMPARE(secondsLeft(forecast), 0.0);
}

void TestTimeForecast::takesUnknownSizesForTheMean()
{
    TimeForecast forecast(4);
    forecast.setSize(0, 2);
    forecast.setSize(2, 4);

    forecast.end(2s);

    QCOMPARE(secondsLeft(forecast), 3.0 + 4.0 + 3.0);
}

void TestTimeForecast::beginsWithTheFirstPhoto()
{
    auto forecast = forecastOf({4, 4});

    forecast.worked(0.25, 3s);

    QCOMPARE(secondsLeft(forecast), 9.0 + 12.0);
}

void TestTimeForecast::subtractsWhatIsDone()
{
    auto forecast = forecastOf({4, 4, 4});
    forecast.end(8s);

    forecast.worked(0.5, 4s);

    QCOMPARE(secondsLeft(forecast), 4.0 + 8.0);
}

void TestTimeForecast::followsTheCurrentSpeed()
{
    auto forecast = forecastOf(std::vector<double>(100, 1.0));
    for (int photo = 0; photo < 50; ++photo)
        forecast.end(1s);
    QCOMPARE(secondsLeft(forecast), 50.0);

    for (int photo = 0; photo < 5; ++photo)
        forecast.end(10s);

    QCOMPARE(secondsLeft(forecast), 450.0);
}

void TestTimeForecast::learnsNothingFromAFailure()
{
    auto forecast = forecastOf({1, 1, 1});
    forecast.end(6s);

    forecast.worked(0.5, 60s);
    forecast.end(std::nullopt);

    QCOMPARE(secondsLeft(forecast), 6.0);
}

QTEST_APPLESS_MAIN(TestTimeForecast)
#include "tst_time_forecast.moc"
