// SPDX-License-Identifier: GPL-3.0-or-later
// The window at its smallest, in German, whose words are the longest: nothing may be cut off.
#include "tests/ui/sample_photo.h"
#include "ui/main_window.h"
#include "ui/panels/message_banner.h"
#include "ui/translations.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QScrollArea>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>

using namespace limpid;
using ui::ActionId;

Q_DECLARE_METATYPE(limpid::ui::Theme)

namespace {

const std::string longName =
    "/nowhere/Urlaub_an_der_See_2026-07-14_Sonnenuntergang_(bearbeitet)_Kopie_2.jpg";

Result<image::Photo> readFake(const std::filesystem::path& path)
{
    auto photo = tests::samplePhoto();
    photo.path = path;
    return photo;
}

bool scrolls(const QWidget& widget)
{
    for (const auto* above = widget.parentWidget(); above; above = above->parentWidget())
        if (qobject_cast<const QScrollArea*>(above))
            return true;
    return false;
}

bool hasRoomForItsText(const QWidget& widget)
{
    const auto* label = qobject_cast<const QLabel*>(&widget);
    if (label && label->wordWrap())
        return label->width() >= label->minimumSizeHint().width() &&
               label->height() >= label->heightForWidth(label->width());
    const QSize wanted = label ? label->minimumSizeHint() : widget.sizeHint();
    return widget.width() >= wanted.width() && widget.height() >= qMin(wanted.height(), 20);
}

bool isWithin(const QWidget& window, const QWidget& widget)
{
    const QRect place(widget.mapTo(&window, QPoint()), widget.size());
    const bool across = place.left() >= 0 && place.right() < window.width() && widget.x() >= 0 &&
                        widget.geometry().right() < widget.parentWidget()->width();
    return across && (scrolls(widget) || window.rect().contains(place));
}

/// What is cut off, by class and text; empty when nothing is.
QStringList cutIn(const QWidget& window)
{
    QStringList cut;
    for (const auto* widget : window.findChildren<QWidget*>()) {
        const auto* label = qobject_cast<const QLabel*>(widget);
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool isText =
            (label && !label->text().isEmpty()) || button || qobject_cast<const QComboBox*>(widget);
        if (!isText || !widget->isVisible())
            continue;
        const bool leftOut = widget->objectName() == u"qt_toolbar_ext_button";
        if (leftOut || !hasRoomForItsText(*widget) || !isWithin(window, *widget))
            cut << QStringLiteral("%1 “%2”, %3 of %4 wide, %5 of %6 high")
                       .arg(QLatin1String(widget->metaObject()->className()),
                            label ? label->text() : (button ? button->text() : QString()))
                       .arg(widget->width())
                       .arg(widget->minimumSizeHint().width())
                       .arg(widget->height())
                       .arg(widget->minimumSizeHint().height());
    }
    return cut;
}

struct Setup {
    Setup()
    {
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.resize(window.minimumSize());
        QTRY_COMPARE(window.size(), window.minimumSize());
    }

    void openPhoto()
    {
        window.open(longName);
        QTRY_VERIFY(window.document().photo());
    }

    QStringList cut()
    {
        QCoreApplication::processEvents(); // layouts are made anew
        return cutIn(window);
    }

    QTemporaryDir folder;
    QSettings store{folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat};
    ui::Settings settings{store};
    ui::ThemeSwitch theme{*qApp};
    tests::FakeControl control;
    ui::EngineBridge bridge{control.factory(), {.previewInterval = {}}};
    ui::MainWindow window{
        bridge,
        settings,
        theme,
        {.methods = {tests::fakeMethodSpec()}, .samplePhoto = longName, .read = readFake}};
};

} // namespace

class TestSmallestWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void init();
    void cutsNothingOfTheInvitation();
    void cutsNothingOfAnOpenPhoto();
    void cutsNothingOfARun();
    void cutsNothingOfAResult();
    void cutsNothingOfAMessage();
};

void TestSmallestWindow::initTestCase_data()
{
    QTest::addColumn<ui::Theme>("theme");
    QTest::newRow("light") << ui::Theme::Light;
    QTest::newRow("dark") << ui::Theme::Dark;
}

void TestSmallestWindow::initTestCase()
{
    ui::installTranslations(*qApp, QStringLiteral("de"));
    QCOMPARE(QCoreApplication::translate("Actions", "&File"), QStringLiteral("&Datei"));
}

void TestSmallestWindow::init()
{
    QFETCH_GLOBAL(ui::Theme, theme);
    ui::ThemeSwitch(*qApp).apply(theme);
}

void TestSmallestWindow::cutsNothingOfTheInvitation()
{
    Setup setup;
    for (int i = 0; i < 6; ++i) {
        setup.settings.addRecentFile(QStringLiteral("/nowhere/%1.jpg").arg(i));
        setup.settings.addRecentFile(QString::fromStdString(longName));
    }
    ui::MainWindow window(setup.bridge, setup.settings, setup.theme,
                          {.methods = {tests::fakeMethodSpec()}, .samplePhoto = longName});
    window.resize(window.minimumSize());
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(cutIn(window).join(u'\n'), QString());

    window.findChild<ui::MessageBanner*>()->say(
        ui::problemMessage({ErrorCode::DamagedFile, "the file is empty", longName}));
    QCoreApplication::processEvents();

    QVERIFY(window.findChild<ui::MessageBanner*>()->isVisible());
    QCOMPARE(cutIn(window).join(u'\n'), QString());
}

void TestSmallestWindow::cutsNothingOfAnOpenPhoto()
{
    Setup setup;

    setup.openPhoto();

    QVERIFY(setup.window.width() <= 900 && setup.window.height() <= 600);
    QCOMPARE(setup.cut().join(u'\n'), QString());
}

void TestSmallestWindow::cutsNothingOfARun()
{
    Setup setup;
    setup.openPhoto();
    setup.window.document().setSettings({.method = "fake", .steps = 50, .seed = 1});
    setup.window.document().run();
    for (int step = 1; step <= 11; ++step) {
        setup.control.allowSteps();
        QTRY_COMPARE(setup.window.document().steps().last(), step);
    }

    QCOMPARE(setup.cut().join(u'\n'), QString());
    setup.window.document().steps().show(10);
    QCOMPARE(setup.cut().join(u'\n'), QString());
}

void TestSmallestWindow::cutsNothingOfAResult()
{
    Setup setup;
    setup.openPhoto();
    setup.control.allowAll();
    setup.window.document().run();
    QTRY_VERIFY(setup.window.document().restoration());
    QCOMPARE(setup.cut().join(u'\n'), QString());

    setup.window.document().setRegion(region::Region{.rect = {4, 4, 20, 20}});
    QCOMPARE(setup.cut().join(u'\n'), QString());
}

void TestSmallestWindow::cutsNothingOfAMessage()
{
    Setup setup;
    setup.openPhoto();
    auto* banner = setup.window.findChild<ui::MessageBanner*>();

    banner->say(
        ui::problemMessage({ErrorCode::UnsupportedFormat, "TIFF with compression 9", longName}));

    QVERIFY(banner->isVisible());
    QCOMPARE(setup.cut().join(u'\n'), QString());
}

QTEST_MAIN(TestSmallestWindow)
#include "tst_smallest_window.moc"
