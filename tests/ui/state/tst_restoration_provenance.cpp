// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_runner.h"
#include "ui/state/restoration_provenance.h"

#include <QCoreApplication>
#include <QTest>

using namespace limpid;

namespace {

/// A restoration of a part of a picture, or of all of it.
ui::Restoration made(const std::string& method, const std::optional<Rect>& area)
{
    ui::Restoration restoration;
    restoration.request.image = tests::randomImage({64, 48});
    restoration.request.method = method;
    restoration.request.steps = 6;
    restoration.request.seed = 11;
    if (area)
        restoration.request.region = region::Region{.rect = *area, .featherPixels = 3};
    restoration.patch = tests::fakePatch(restoration.request);
    restoration.step = 4;
    return restoration;
}

} // namespace

class TestRestorationProvenance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsHowEachPartWasMade();
    void namesTheDefaultModel();
};

void TestRestorationProvenance::tellsHowEachPartWasMade()
{
    QCoreApplication::setApplicationVersion(QStringLiteral("3.4"));
    const auto lower = ui::laidOver(nullptr, made("msg", Rect{0, 0, 16, 16}));
    const auto both = ui::laidOver(lower, made("deblurdiff", Rect{40, 20, 16, 16}));

    const auto provenance = ui::provenanceOf(both, 0.5F, {});

    QCOMPARE(provenance.program, std::string("Limpid 3.4"));
    QCOMPARE(provenance.recipes.size(), std::size_t{2});
    const auto& top = provenance.recipes.back();
    QCOMPARE(provenance.recipes.front().method, std::string("msg"));
    QCOMPARE(top.method, std::string("deblurdiff"));
    QCOMPARE(top.step, 4);
    QCOMPARE(top.steps, 6);
    QCOMPARE(top.seed, std::uint64_t{11});
    QCOMPARE(top.strength, 0.5F);
    QVERIFY(top.region == (Rect{40, 20, 16, 16}));
    QCOMPARE(top.featherPixels, 3);
}

void TestRestorationProvenance::namesTheDefaultModel()
{
    auto chosen = made("msg", std::nullopt);
    chosen.request.model = "mine";
    const auto defaultModel = [](const std::string& method) {
        return "default of " + method;
    };

    const auto named = ui::provenanceOf(ui::laidOver(nullptr, chosen), 1.0F, defaultModel);
    const auto unnamed =
        ui::provenanceOf(ui::laidOver(nullptr, made("msg", std::nullopt)), 1.0F, defaultModel);

    QCOMPARE(named.recipes.front().model, std::string("mine"));
    QCOMPARE(unnamed.recipes.front().model, std::string("default of msg"));
    QVERIFY(!unnamed.recipes.front().region);
}

QTEST_GUILESS_MAIN(TestRestorationProvenance)
#include "tst_restoration_provenance.moc"
