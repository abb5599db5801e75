// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/saved_work_sample.h"

#include <QFile>

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
        const auto laid = ui::laidOnto(sample.photo, *read);
        QVERIFY(laid.has_value());

        QCOMPARE(read->photo, sample.photo.path);
        QVERIFY(read->region == sample.work.region);
        QCOMPARE(read->strength, 0.75F);
        const auto& wanted = *sample.work.restoration;
        QCOMPARE((*laid)->beneath.size(), std::size_t{1});
        compare(*(*laid)->beneath.front(), *wanted.beneath.front());
        compare(**laid, wanted);
    }

    void anotherPhotoOfTheSameNameIsRefused()
    {
        const tests::SavedWorkSample sample;
        QVERIFY(ui::writeWork(sample.work, sample.file("work.limpid")).has_value());
        const auto read = ui::readWork(sample.file("work.limpid"));
        QVERIFY(read.has_value());
        QImage other(40, 32, QImage::Format_RGB888);
        other.fill(Qt::black);
        QVERIFY(other.save(ui::toText(sample.photo.path)));

        const auto laid = ui::laidOnto(sample.photo, *read);

        QVERIFY(!laid.has_value());
        QCOMPARE(laid.error().code, ErrorCode::DamagedFile);
        QCOMPARE(laid.error().path, sample.photo.path);
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
