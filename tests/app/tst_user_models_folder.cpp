// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/user_models_folder.h"

#include <QTest>

#include <map>

using Variables = std::map<std::string, std::string>;

class TestUserModelsFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheEnvironment_data();
    void followsTheEnvironment();
};

void TestUserModelsFolder::followsTheEnvironment_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<std::string>("folder");
    const auto row = [](const char* name, const Variables& variables, const char* folder) {
        QTest::newRow(name) << variables << std::string(folder);
    };
#ifdef Q_OS_LINUX
    row("data folder", {{"XDG_DATA_HOME", "/d"}, {"HOME", "/h"}}, "/d/limpid/models");
    row("home only", {{"HOME", "/h"}}, "/h/.local/share/limpid/models");
    row("relative data folder", {{"XDG_DATA_HOME", "d"}, {"HOME", "/h"}},
        "/h/.local/share/limpid/models");
#endif
    row("nothing", {}, "");
}

void TestUserModelsFolder::followsTheEnvironment()
{
    QFETCH(const Variables, variables);
    QFETCH(const std::string, folder);

    const auto found = limpid::app::userModelsFolderOf([&](const char* name) {
        const auto variable = variables.find(name);
        return variable == variables.end() ? std::string() : variable->second;
    });

    QCOMPARE(found.string(), folder);
}

QTEST_APPLESS_MAIN(TestUserModelsFolder)
#include "tst_user_models_folder.moc"
