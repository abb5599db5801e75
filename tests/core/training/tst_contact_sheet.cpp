// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"
#include "core/training/contact_sheet.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace limpid;
using namespace limpid::training;

namespace {

torch::Tensor gray(std::int64_t height, std::int64_t width, double value)
{
    return torch::full({1, 3, height, width}, value);
}

double darkest(const torch::Tensor& picture)
{
    return picture.min().item<double>();
}

} // namespace

class TestContactSheet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsLieBelowEachOther()
    {
        ContactSheet sheet;
        sheet.beginRow();
        sheet.add(gray(20, 30, 0.2));
        sheet.add(gray(10, 30, 0.4));
        sheet.beginRow();
        sheet.add(gray(40, 50, 0.6));

        const auto picture = sheet.picture();

        QCOMPARE(picture.sizes(), (std::vector<std::int64_t>{1, 3, 20 + 6 + 40, 66}));
        QCOMPARE(picture[0][0][0][0].item<float>(), 0.2F);
        QCOMPARE(picture[0][0][0][36].item<float>(), 0.4F);
        QCOMPARE(picture[0][0][15][36].item<float>(), 1.0F); // filled up with white
        QCOMPARE(picture[0][0][26][0].item<float>(), 0.6F);
    }

    void largePicturesAreCutToTheirMiddle()
    {
        ContactSheet sheet(32);
        auto picture = gray(100, 100, 0.0);
        picture.slice(2, 34, 66).slice(3, 34, 66).fill_(1.0);

        sheet.beginRow();
        sheet.add(picture);

        QCOMPARE(sheet.picture().size(3), 32);
        QCOMPARE(darkest(sheet.picture()), 1.0);
    }

    void labelsAreDarkLettersAboveThePicture_data()
    {
        QTest::addColumn<QByteArray>("label");
        QTest::addColumn<int>("lines");
        QTest::newRow("none") << QByteArray() << 0;
        QTest::newRow("one line") << QByteArray("msg, 6 steps") << 1;
        QTest::newRow("two lines") << QByteArray("mild\n27.1 dB") << 2;
        QTest::newRow("not ASCII") << QByteArray("2–6 px") << 1;
    }
    void labelsAreDarkLettersAboveThePicture()
    {
        QFETCH(QByteArray, label);
        QFETCH(int, lines);
        ContactSheet sheet;

        sheet.beginRow();
        sheet.add(gray(100, 120, 0.9), label.toStdString());

        const auto picture = sheet.picture();
        QCOMPARE(picture.size(2), 100 + 16 * lines);
        for (int line = 0; line < lines; ++line)
            QVERIFY(darkest(picture.narrow(2, 16 * line, 16)) < 0.3);
        QCOMPARE(picture.narrow(2, 16 * lines, 100).max().item<float>(), 0.9F);
    }

    void aLongLabelWidensItsCell()
    {
        ContactSheet sheet;
        sheet.beginRow();
        sheet.add(gray(16, 16, 0.5), "a label that is much longer than its picture");

        QVERIFY(sheet.picture().size(3) > 200);
    }

    void writesWhatItShows()
    {
        const QTemporaryDir folder;
        const std::filesystem::path target = folder.filePath(QStringLiteral("s.png")).toStdString();
        ContactSheet sheet;
        sheet.beginRow();
        sheet.add(gray(16, 24, 0.4));

        QVERIFY(sheet.write(target));

        const auto photo = image::readPhoto(target);
        QCOMPARE(photo->size(), (Size{24, 16}));
        QCOMPARE(photo->original.sample({3, 3}, 1), 102);
    }

    void anEmptySheetIsNotWritten()
    {
        ContactSheet sheet;
        sheet.beginRow();

        QCOMPARE(sheet.write("sheet.png").error().code, ErrorCode::InvalidRequest);
        QVERIFY(!std::filesystem::exists("sheet.png"));
    }

    void refusesAFormatThatItCannotWrite()
    {
        ContactSheet sheet;
        sheet.beginRow();
        sheet.add(gray(16, 16, 0.5));

        QCOMPARE(sheet.write("sheet.bmp").error().code, ErrorCode::UnsupportedFormat);
    }
};

QTEST_APPLESS_MAIN(TestContactSheet)
#include "tst_contact_sheet.moc"
