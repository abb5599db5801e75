// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/region/tile_grid.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

using namespace limpid;
using region::TileRule;

class TestTileGrid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void weightsSumToOne_data() { sizesAndRules(); }
    void weightsSumToOne();
    void tilesKeepTheRule_data() { sizesAndRules(); }
    void tilesKeepTheRule();
    void neighborsOverlapEnough_data() { sizesAndRules(); }
    void neighborsOverlapEnough();
    void aSmallPictureIsOneTile();
    void weightsFadeOnlyWhereTilesMeet();
    void noPictureHasNoTiles();

private:
    static void sizesAndRules();
};

void TestTileGrid::sizesAndRules()
{
    QTest::addColumn<Size>("picture");
    QTest::addColumn<TileRule>("rule");
    const TileRule usual{.tilePixels = 128, .overlapPixels = 32, .multipleOf = 16};
    QTest::newRow("one pixel") << Size{1, 1} << usual;
    QTest::newRow("smaller than a tile") << Size{97, 61} << usual;
    QTest::newRow("exactly a tile") << Size{128, 128} << usual;
    QTest::newRow("one more than a tile") << Size{129, 128} << usual;
    QTest::newRow("prime") << Size{509, 307} << usual;
    QTest::newRow("long strip") << Size{1013, 3} << usual;
    QTest::newRow("multiple") << Size{512, 256} << usual;
    QTest::newRow("no overlap") << Size{509, 307} << TileRule{128, 0, 16};
    QTest::newRow("odd overlap") << Size{509, 307} << TileRule{128, 37, 16};
    QTest::newRow("overlap beyond half") << Size{509, 307} << TileRule{128, 96, 16};
    QTest::newRow("odd tile") << Size{509, 307} << TileRule{133, 20, 16};
    QTest::newRow("any pixel") << Size{509, 307} << TileRule{101, 13, 1};
    QTest::newRow("coarse multiple") << Size{509, 307} << TileRule{256, 64, 64};
}

void TestTileGrid::weightsSumToOne()
{
    QFETCH(Size, picture);
    QFETCH(TileRule, rule);

    std::vector<double> sums(std::size_t(picture.area()), 0.0);
    for (const Rect& tile : region::tileGrid(picture, rule)) {
        const auto weights = region::tileWeights(tile, picture, rule);
        QCOMPARE(std::int64_t(weights.size()), tile.size().area());
        for (std::size_t i = 0; i < weights.size(); ++i) {
            const auto x = tile.x + int(i) % tile.width;
            const auto y = tile.y + int(i) / tile.width;
            sums[std::size_t(y) * std::size_t(picture.width) + std::size_t(x)] += weights[i];
        }
    }

    for (const double sum : sums)
        QVERIFY(std::abs(sum - 1.0) < 1e-6);
}

void TestTileGrid::tilesKeepTheRule()
{
    QFETCH(Size, picture);
    QFETCH(TileRule, rule);

    const auto tiles = region::tileGrid(picture, rule);

    for (const Rect& tile : tiles) {
        QVERIFY(!tile.isEmpty());
        QVERIFY(wholeOf(picture).contains(tile));
        QVERIFY(tile.width <= rule.tilePixels && tile.height <= rule.tilePixels);
        QVERIFY(tile.x % rule.multipleOf == 0 && tile.y % rule.multipleOf == 0);
        const bool lastColumn = tile.right() == picture.width;
        QVERIFY(tile.width == tiles.front().width ||
                (lastColumn && tiles.front().width - tile.width < rule.multipleOf));
    }
}

void TestTileGrid::neighborsOverlapEnough()
{
    QFETCH(Size, picture);
    QFETCH(TileRule, rule);

    std::set<std::pair<int, int>> columns;
    for (const Rect& tile : region::tileGrid(picture, rule))
        columns.insert({tile.x, tile.right()});

    QCOMPARE(columns.begin()->first, 0);
    QCOMPARE(columns.rbegin()->second, picture.width);
    for (auto next = std::next(columns.begin()); next != columns.end(); ++next)
        QVERIFY(std::prev(next)->second - next->first >= rule.overlapPixels);
}

void TestTileGrid::aSmallPictureIsOneTile()
{
    const Size picture{300, 512};

    const auto tiles = region::tileGrid(picture, {});

    QCOMPARE(tiles.size(), std::size_t{1});
    QVERIFY(tiles.front() == wholeOf(picture));
    const auto weights = region::tileWeights(tiles.front(), picture, {});
    QVERIFY(std::ranges::all_of(weights, [](float weight) { return weight == 1.0F; }));
}

void TestTileGrid::weightsFadeOnlyWhereTilesMeet()
{
    const Size picture{208, 16};
    const TileRule rule{.tilePixels = 128, .overlapPixels = 32, .multipleOf = 16};

    const auto tiles = region::tileGrid(picture, rule);
    const auto left = region::tileWeights(tiles.front(), picture, rule);

    QCOMPARE(tiles.size(), std::size_t{2});
    const auto meeting = std::size_t(tiles.back().x);
    QCOMPARE(left.front(), 1.0F);
    QCOMPARE(left[meeting - 1], 1.0F);
    QVERIFY(left[meeting] < 1.0F);
    QVERIFY(left[std::size_t(tiles.front().width) - 1] > 0.0F);
}

void TestTileGrid::noPictureHasNoTiles()
{
    QVERIFY(region::tileGrid({0, 10}, {}).empty());
}

QTEST_APPLESS_MAIN(TestTileGrid)
#include "tst_tile_grid.moc"
