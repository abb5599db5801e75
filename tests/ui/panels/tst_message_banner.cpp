// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/message_banner.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace limpid;

class TestMessageBanner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsReasonAndRemedyUntilItIsClosed();
    void neverReadsAFileNameAsMarkup();
    void itsButtonActs();
};

void TestMessageBanner::showsReasonAndRemedyUntilItIsClosed()
{
    ui::MessageBanner banner;
    QVERIFY(banner.isHidden());

    banner.say(ui::problemMessage({ErrorCode::DamagedFile, {}, "/x/cut.jpg"}));
    QVERIFY(banner.isVisible());
    QVERIFY(!banner.findChild<QLabel*>(QStringLiteral("advice"))->text().isEmpty());
    QTest::mouseClick(banner.findChild<QToolButton*>(QStringLiteral("close")), Qt::LeftButton);

    QVERIFY(banner.isHidden());
}

void TestMessageBanner::neverReadsAFileNameAsMarkup()
{
    ui::MessageBanner banner;

    banner.say(ui::problemMessage({ErrorCode::FileNotFound, {}, "<h1>x.jpg"}));

    const auto* text = banner.findChild<QLabel*>(QStringLiteral("text"));
    QCOMPARE(text->textFormat(), Qt::PlainText);
    QVERIFY(text->text().contains(QStringLiteral("<h1>x.jpg")));
}

void TestMessageBanner::itsButtonActs()
{
    ui::MessageBanner banner;
    bool acted = false;
    banner.say(
        {.text = QStringLiteral("Done"), .actionText = QStringLiteral("Show"), .action = [&] {
             acted = true;
         }});

    QTest::mouseClick(banner.findChild<QPushButton*>(QStringLiteral("action")), Qt::LeftButton);

    QVERIFY(acted);
}

QTEST_MAIN(TestMessageBanner)
#include "tst_message_banner.moc"
