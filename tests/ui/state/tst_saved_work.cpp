// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/saved_work_sample.h"

#include <QDataStream>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace limpid;

namespace {

bool samePixels(const image::Image& a, const image::Image& b)
{
    return a.size() == b.size() && std::ranges::equal(a.pixels(), b.pixels());
}

void compare(const ui::Restoration& found, const ui::Restoration& wanted)
{
    QVERIFY(found.request == wanted.request);
    QCOMPARE(found.patch.area, wanted.patch.area);
    QVERIFY(samePixels(found.patch.pixels, wanted.patch.pixels));
    QCOMPARE(found.mask->bounds, wanted.mask->bounds);
    QVERIFY(found.mask->coverage == wanted.mask->coverage);
    QCOMPARE(found.device, wanted.device);
    QCOMPARE(found.elapsed, wanted.elapsed);
    QCOMPARE(found.step, wanted.step);
}

/// Makes it the file of an older version: the view in its header, none beside it.
void makeOlder(const std::filesystem::path& path, const QJsonObject& view)
{
    QFile file(ui::toText(path));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QDataStream stream(&file);
    stream.setVersion(QDataStream::Qt_6_4);
    QByteArray signature;
    QByteArray photo;
    QByteArray header;
    stream >> signature >> photo >> header;
    const QByteArray pixels = file.readAll();
    auto json = QJsonDocument::fromJson(header).object();
    for (auto it = view.begin(); it != view.end(); ++it)
        json.insert(it.key(), it.value());
    QVERIFY(file.resize(0) && file.seek(0));
    stream << signature << photo << QJsonDocument(json).toJson(QJsonDocument::Compact);
    QCOMPARE(file.write(pixels), pixels.size());
    QVERIFY(QFile::remove(file.fileName() + QStringLiteral(".view")));
}

} // namespace

class TestSavedWork : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas()
    {
        const tests::SavedWorkSample sample;
        QVERIFY(ui::writeWork(sample.work, sample.file("work.limpid")).has_value());

        const auto read = ui::readWork(sample.file("work.limpid"));
        QVERIFY(read.has_value());
        const auto laid = ui::laidOnto(sample.photo, sample.work.checksum, *read);
        QVERIFY(laid.has_value());

        QCOMPARE(read->photo, sample.photo.path);
        QVERIFY(read->view == sample.work.view);
        const auto& wanted = *sample.work.restoration;
        QCOMPARE((*laid)->beneath.size(), std::size_t{1});
        compare(*(*laid)->beneath.front(), *wanted.beneath.front());
        compare(**laid, wanted);
    }

    void anotherPhotoOfTheSameNameIsRefused_data()
    {
        QTest::addColumn<QString>("checksum");
        QTest::addColumn<bool>("isKnown");
        QTest::newRow("another file") << QString(64, u'0') << true;
        QTest::newRow("nobody knows") << QString() << false;
    }

    void anotherPhotoOfTheSameNameIsRefused()
    {
        QFETCH(const QString, checksum);
        QFETCH(const bool, isKnown);
        const tests::SavedWorkSample sample;
        QVERIFY(ui::writeWork(sample.work, sample.file("work.limpid")).has_value());
        const auto read = ui::readWork(sample.file("work.limpid"));
        QVERIFY(read.has_value());

        const auto laid = ui::laidOnto(sample.photo, checksum.toStdString(), *read);

        QVERIFY(!laid.has_value());
        QCOMPARE(laid.error().code, isKnown ? ErrorCode::DamagedFile : ErrorCode::FileUnreadable);
        QCOMPARE(laid.error().path, sample.photo.path);
    }

    void withoutAChecksumNothingIsWritten()
    {
        tests::SavedWorkSample sample;
        sample.work.checksum.clear();

        const auto written = ui::writeWork(sample.work, sample.file("work.limpid"));

        QVERIFY(!written.has_value());
        QCOMPARE(written.error().code, ErrorCode::InvalidRequest);
        QVERIFY(!std::filesystem::exists(sample.file("work.limpid")));
    }

    void anotherViewLeavesTheResultsAlone()
    {
        const tests::SavedWorkSample sample;
        const auto path = sample.file("work.limpid");
        QVERIFY(ui::writeWork(sample.work, path).has_value());
        const auto time = std::filesystem::last_write_time(path);

        const ui::WorkView view{.region = region::Region{.rect = {1, 2, 3, 4}}, .strength = 0.5F};
        QVERIFY(ui::writeView(view, path).has_value());

        QVERIFY(std::filesystem::last_write_time(path) == time);
        const auto read = ui::readWork(path);
        QVERIFY(read.has_value());
        QVERIFY(read->view == view);
        QCOMPARE(ui::allOf(read->restoration).size(), std::size_t{2});
    }

    void workOfAnOlderVersionComesBackWithItsView()
    {
        const tests::SavedWorkSample sample;
        const auto path = sample.file("work.limpid");
        QVERIFY(ui::writeWork(sample.work, path).has_value());
        makeOlder(path, {{QStringLiteral("region"),
                          QJsonObject{{QStringLiteral("rect"), QJsonArray{1, 2, 3, 4}},
                                      {QStringLiteral("feather"), 5}}},
                         {QStringLiteral("strength"), 0.5}});

        const auto read = ui::readWork(path);

        QVERIFY(read.has_value());
        QCOMPARE(ui::allOf(read->restoration).size(), std::size_t{2});
        QVERIFY(read->view.region == (region::Region{.rect = {1, 2, 3, 4}, .featherPixels = 5}));
        QCOMPARE(read->view.strength, 0.5F);
    }

    void aDamagedViewShowsTheWholeResult_data()
    {
        QTest::addColumn<QByteArray>("contents");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << QByteArray(R"({"strength":0.)");
        QTest::newRow("of another kind") << QByteArray(R"({"region":7,"strength":"much"})");
    }

    void aDamagedViewShowsTheWholeResult()
    {
        QFETCH(const QByteArray, contents);
        const tests::SavedWorkSample sample;
        const auto path = sample.file("work.limpid");
        QVERIFY(ui::writeWork(sample.work, path).has_value());
        QFile file(ui::toText(path) + QStringLiteral(".view"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(contents);
        file.close();

        const auto read = ui::readWork(path);

        QVERIFY(read.has_value());
        QVERIFY(read->view == ui::WorkView{});
    }

    void whatIsRemovedLeavesNothing()
    {
        const tests::SavedWorkSample sample;
        QVERIFY(ui::writeWork(sample.work, sample.file("work.limpid")).has_value());

        ui::removeWork(sample.file("work.limpid"));

        QCOMPARE(QDir(sample.folder.path()).entryList({QStringLiteral("work*")}, QDir::Files),
                 QStringList());
    }

    void aFileThatIsCutOffAnywhereIsDamaged()
    {
        const tests::SavedWorkSample sample;
        const auto path = sample.file("work.limpid");
        QVERIFY(ui::writeWork(sample.work, path).has_value());
        QFile file(ui::toText(path));
        for (qint64 length = file.size() - 1; length >= 0; length -= 97) {
            QVERIFY(file.resize(length));
            const auto read = ui::readWork(path);
            QVERIFY(!read.has_value());
            QCOMPARE(read.error().code, ErrorCode::DamagedFile);
        }
    }

    void whereNothingCanBeWrittenAnErrorNamesTheFile()
    {
        const tests::SavedWorkSample sample;
        const auto path = sample.file("no such folder/work.limpid");

        const auto written = ui::writeWork(sample.work, path);

        QVERIFY(!written.has_value());
        QCOMPARE(written.error().code, ErrorCode::FileUnwritable);
        QCOMPARE(written.error().path, path);
    }
};

QTEST_GUILESS_MAIN(TestSavedWork)
#include "tst_saved_work.moc"
