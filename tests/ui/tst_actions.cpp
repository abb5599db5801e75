// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions.h"

#include <QTest>

#include <set>

using namespace limpid;

class TestActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyShortcutBelongsToOneAction();
    void everyNamedIconCanBeDrawn();
    void everyIdHasOneRow();
};

void TestActions::everyShortcutBelongsToOneAction()
{
    const ui::Actions actions(nullptr);
    std::set<QString> seen;

    for (const auto& spec : ui::actionSpecs())
        for (const auto& shortcut : actions[spec.id].shortcuts())
            QVERIFY2(seen.insert(shortcut.toString()).second, qPrintable(shortcut.toString()));

    QVERIFY(seen.size() > 20);
}

void TestActions::everyNamedIconCanBeDrawn()
{
    const ui::Actions actions(nullptr);

    for (const auto& spec : ui::actionSpecs())
        if (spec.icon)
            QVERIFY2(!actions[spec.id].icon().isNull(), spec.icon);
}

void TestActions::everyIdHasOneRow()
{
    std::set<ui::ActionId> ids;

    for (const auto& spec : ui::actionSpecs())
        QVERIFY(ids.insert(spec.id).second);

    QCOMPARE(ids.size(), static_cast<std::size_t>(ui::ActionId::About) + 1);
}

QTEST_MAIN(TestActions)
#include "tst_actions.moc"
