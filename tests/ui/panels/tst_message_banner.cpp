// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/message_banner.h"

#include <QAccessible>
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace limpid;

namespace {

constexpr int narrowest = 568; // the canvas of the smallest window

/// What screen readers were told since this was made.
struct Announcements {
    Announcements()
    {
        said().clear();
        former = QAccessible::installUpdateHandler([](QAccessibleEvent* event) {
            if (event->type() != QAccessible::Alert)
                return;
            const auto* alert = event->accessibleInterface();
            said() << alert->text(QAccessible::Name) + u' ' + alert->text(QAccessible::Description);
            role() = alert->role();
        });
    }
    ~Announcements() { QAccessible::installUpdateHandler(former); }

    static QStringList& said()
    {
        static QStringList texts;
        return texts;
    }
    static QAccessible::Role& role()
    {
        static QAccessible::Role last = QAccessible::NoRole;
        return last;
    }

    QAccessible::UpdateHandler former = nullptr;
};

QLabel& label(const ui::MessageBanner& banner, const char* name)
{
    return *banner.findChild<QLabel*>(QLatin1String(name));
}

} // namespace

class TestMessageBanner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsReasonAndRemedyUntilItIsClosed();
    void neverReadsAFileNameAsMarkup();
    void itsButtonActs();
    void saysWhyInTheBannerItself();
    void longTextIsWrappedAndNeverCut();
    void isAnAlertWithTheWholeMessage();
    void isReadAloudWheneverSomethingIsSaid();
    void anotherThemeIsNoNews();
};

void TestMessageBanner::initTestCase()
{
    if (qEnvironmentVariableIsSet("QT_LINUX_ACCESSIBILITY_ALWAYS_ON"))
        QTRY_VERIFY(QAccessible::isActive()); // Qt finds the bus in its own time
}

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

void TestMessageBanner::saysWhyInTheBannerItself()
{
    ui::MessageBanner banner;

    banner.say(ui::problemMessage(
        {ErrorCode::UnsupportedFormat, "CMYK JPEG; convert it to RGB first", "/x/print.jpg"}));

    QVERIFY(label(banner, "text").text().contains(QStringLiteral("print.jpg")));
    QVERIFY(label(banner, "advice").text().contains(QStringLiteral("CMYK")));
    QVERIFY(label(banner, "advice").text().contains(QStringLiteral("RGB")));
}

void TestMessageBanner::longTextIsWrappedAndNeverCut()
{
    ui::MessageBanner banner;
    const std::string name = std::string(200, 'W') + ".jpg";
    banner.say(ui::problemMessage(
        {ErrorCode::UnsupportedFormat, "TIFF with compression 34712", "/x/" + name}));

    QVERIFY2(banner.minimumSizeHint().width() <= narrowest,
             qPrintable(QString::number(banner.minimumSizeHint().width())));
    banner.resize(narrowest, banner.heightForWidth(narrowest));
    QTRY_COMPARE(banner.width(), narrowest);
    for (const auto* part : {"text", "advice"}) {
        const auto& words = label(banner, part);
        QVERIFY(words.height() >= words.heightForWidth(words.width()));
        QVERIFY(banner.rect().contains(words.geometry()));
    }
}

void TestMessageBanner::isAnAlertWithTheWholeMessage()
{
    ui::MessageBanner banner;
    banner.say({.text = QStringLiteral("One."), .advice = QStringLiteral("Do this.")});

    const auto* alert = QAccessible::queryAccessibleInterface(&banner);

    QVERIFY(alert);
    QCOMPARE(alert->role(), QAccessible::AlertMessage);
    QCOMPARE(alert->text(QAccessible::Name), QStringLiteral("One."));
    QCOMPARE(alert->text(QAccessible::Description), QStringLiteral("Do this."));
}

// Runs with xcb, a bus of AT-SPI and QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1: Qt's offscreen platform
// tells nobody.
void TestMessageBanner::isReadAloudWheneverSomethingIsSaid()
{
    if (!QAccessible::isActive())
        QSKIP("this platform has no screen readers");
    ui::MessageBanner banner;
    const Announcements announcements;

    banner.say({.text = QStringLiteral("One."), .advice = QStringLiteral("Do this.")});
    banner.say({.text = QStringLiteral("Two."), .advice = QStringLiteral("Do that.")});

    QCOMPARE(announcements.said(),
             (QStringList{QStringLiteral("One. Do this."), QStringLiteral("Two. Do that.")}));
    QCOMPARE(announcements.role(), QAccessible::AlertMessage);
}

void TestMessageBanner::anotherThemeIsNoNews()
{
    ui::MessageBanner banner;
    banner.say({.text = QStringLiteral("One.")});
    if (!QAccessible::isActive())
        QSKIP("this platform has no screen readers");
    const Announcements announcements;

    QEvent theme(QEvent::ApplicationPaletteChange);
    QCoreApplication::sendEvent(&banner, &theme);

    QVERIFY(announcements.said().isEmpty());
}

QTEST_MAIN(TestMessageBanner)
#include "tst_message_banner.moc"
