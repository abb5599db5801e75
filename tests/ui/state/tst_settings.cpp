// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace limpid;

class TestSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recentFilesAreTenNewestFirstWithoutDoubles();
    void valuesSurviveARestart();
    void aBrokenQualityFallsIntoItsRange();
    void exportsEverythingAndSaysSoUnlessTold();
    void theDeviceIsAutomaticUnlessChosen();
};

void TestSettings::recentFilesAreTenNewestFirstWithoutDoubles()
{
    const QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    ui::Settings settings(store);

    for (int i = 0; i < 12; ++i)
        settings.addRecentFile(QString::number(i));
    settings.addRecentFile(QStringLiteral("5"));

    const auto files = settings.recentFiles();
    QCOMPARE(files.size(), 10);
    QCOMPARE(files.first(), QStringLiteral("5"));
    QCOMPARE(files.count(QStringLiteral("5")), 1);
}

void TestSettings::valuesSurviveARestart()
{
    const QTemporaryDir folder;
    const auto file = folder.filePath(QStringLiteral("s.ini"));
    {
        QSettings store(file, QSettings::IniFormat);
        ui::Settings settings(store);
        settings.setTheme(ui::Theme::Dark);
        settings.setCompareMode(3);
        settings.setExportMetadata(image::MetadataLevel::Basic);
        settings.setExportStatesAi(false);
        settings.setDevice(QStringLiteral("cuda:1"));
    }

    QSettings store(file, QSettings::IniFormat);
    const ui::Settings settings(store);

    QCOMPARE(settings.theme(), ui::Theme::Dark);
    QCOMPARE(settings.compareMode(0), 3);
    QVERIFY(settings.exportMetadata() == image::MetadataLevel::Basic);
    QVERIFY(!settings.exportStatesAi());
    QCOMPARE(settings.device(), QStringLiteral("cuda:1"));
}

void TestSettings::aBrokenQualityFallsIntoItsRange()
{
    const QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    ui::Settings settings(store);

    settings.setExportQuality(900);

    QCOMPARE(settings.exportQuality(), 100);
}

void TestSettings::exportsEverythingAndSaysSoUnlessTold()
{
    const QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    ui::Settings settings(store);

    QVERIFY(settings.exportMetadata() == image::MetadataLevel::All);
    QVERIFY(settings.exportStatesAi());
}

void TestSettings::theDeviceIsAutomaticUnlessChosen()
{
    const QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    ui::Settings settings(store);
    QCOMPARE(settings.device(), QStringLiteral("auto"));

    settings.setDevice(QStringLiteral("cpu"));
    settings.setDevice(QStringLiteral("auto"));

    QCOMPARE(settings.device(), QStringLiteral("auto"));
    QVERIFY(store.allKeys().isEmpty());
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
