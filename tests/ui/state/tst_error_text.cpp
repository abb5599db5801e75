// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/error_text.h"

#include <QTest>

using namespace limpid;

Q_DECLARE_METATYPE(limpid::ErrorCode)

class TestErrorText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasWordsForEveryCode_data();
    void hasWordsForEveryCode();
    void namesTheFileAndNotItsFolder();
    void leavesMarkupInFileNamesAlone();
    void putsTheCauseBeforeTheRemedy();
    void callsTheListOfModelsAList();
};

void TestErrorText::hasWordsForEveryCode_data()
{
    QTest::addColumn<ErrorCode>("code");
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        QTest::newRow(std::string(name(code)).c_str()) << code;
    }
}

void TestErrorText::hasWordsForEveryCode()
{
    QFETCH(ErrorCode, code);

    const auto text = ui::describe({code, "detail", "/tmp/photo.jpg"});

    QVERIFY(text.reason.size() > 10);
    QVERIFY(text.remedy.size() > 10);
    QVERIFY(!text.reason.contains(u'%'));
}

void TestErrorText::namesTheFileAndNotItsFolder()
{
    const auto text = ui::describe({ErrorCode::DamagedFile, {}, "/home/me/été.jpg"});

    QVERIFY(text.reason.contains(QStringLiteral("été.jpg")));
    QVERIFY(!text.reason.contains(QStringLiteral("/home")));
}

void TestErrorText::leavesMarkupInFileNamesAlone()
{
    const auto text = ui::describe({ErrorCode::FileNotFound, {}, "<b>%2.jpg"});

    QVERIFY(text.reason.contains(QStringLiteral("<b>%2.jpg")));
}

void TestErrorText::putsTheCauseBeforeTheRemedy()
{
    const auto text = ui::describe({ErrorCode::DamagedFile, "the file is empty", "/a/x.jpg"});

    QVERIFY(!text.cause.isEmpty());
    QCOMPARE(text.advice(), text.cause + u' ' + text.remedy);
    QCOMPARE(ui::describe({ErrorCode::Internal, "what()", {}}).advice(),
             ui::describe({ErrorCode::Internal, {}, {}}).remedy);
}

void TestErrorText::callsTheListOfModelsAList()
{
    const auto damaged = ui::describe({ErrorCode::ModelDamaged, "x", "/models/catalog.json"});
    const auto missing = ui::describe({ErrorCode::ModelMissing, "x", "/models/catalog.json"});

    QVERIFY(damaged.reason.contains(QStringLiteral("list of models")));
    QVERIFY(!missing.reason.contains(QStringLiteral("catalog")));
}

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_error_text.moc"
