// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/pane_layout.h"

#include <QTest>

using namespace limpid::ui;

class TestPaneLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCompanionStandsAtTheRightAndIsAsLargeAsTheOthers_data();
    void aCompanionStandsAtTheRightAndIsAsLargeAsTheOthers();
    void theSplitLineStaysInsideTheSharedPart();
};

void TestPaneLayout::aCompanionStandsAtTheRightAndIsAsLargeAsTheOthers_data()
{
    QTest::addColumn<CompareMode>("mode");
    QTest::addColumn<int>("width");
    for (const int width : {900, 901, 902}) {
        QTest::addRow("after %d", width) << CompareMode::AfterOnly << width;
        QTest::addRow("split %d", width) << CompareMode::Split << width;
        QTest::addRow("side by side %d", width) << CompareMode::SideBySide << width;
        QTest::addRow("top and bottom %d", width) << CompareMode::TopBottom << width;
    }
}

void TestPaneLayout::aCompanionStandsAtTheRightAndIsAsLargeAsTheOthers()
{
    QFETCH(CompareMode, mode);
    QFETCH(int, width);

    const auto panes = layoutPanes({width, 600}, {.mode = mode, .gap = 2, .companion = true});

    const Pane& companion = panes.back();
    QCOMPARE(companion.side, Side::Companion);
    QCOMPARE(companion.rect.right(), width - 1);
    for (std::size_t i = 0; i + 1 < panes.size(); ++i) {
        QCOMPARE(panes[i].rect.size(), companion.rect.size());
        QVERIFY(!panes[i].clip.intersects(companion.clip));
    }
}

void TestPaneLayout::theSplitLineStaysInsideTheSharedPart()
{
    const LayoutOptions options{
        .mode = CompareMode::Split, .splitPosition = 1.0, .gap = 2, .companion = true};

    const auto panes = layoutPanes({900, 600}, options);

    QCOMPARE(panes[0].clip, comparisonRect({900, 600}, options));
    QVERIFY(panes[1].clip.isEmpty());
}

QTEST_APPLESS_MAIN(TestPaneLayout)
#include "tst_pane_layout.moc"
