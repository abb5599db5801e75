// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/user_folders.h"

#include <QTest>

#include <map>

using Variables = std::map<std::string, std::string>;

class TestUserFolders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheEnvironment_data();
    void followsTheEnvironment();
};

void TestUserFolders::followsTheEnvironment_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<std::string>("models");
    QTest::addColumn<std::string>("work");
    const auto row = [](const char* name, const Variables& variables, const char* models,
                        const char* work) {
        QTest::newRow(name) << variables << std::string(models) << std::string(work);
    };
#ifdef Q_OS_LINUX
    row("named folders", {{"XDG_DATA_HOME", "/d"}, {"XDG_STATE_HOME", "/s"}, {"HOME", "/h"}},
        "/d/limpid/models", "/s/limpid/work");
    row("home only", {{"HOME", "/h"}}, "/h/.local/share/limpid/models",
        "/h/.local/state/limpid/work");
    row("relative folders", {{"XDG_DATA_HOME", "d"}, {"XDG_STATE_HOME", "s"}, {"HOME", "/h"}},
        "/h/.local/share/limpid/models", "/h/.local/state/limpid/work");
#endif
    row("nothing", {}, "", "");
}

void TestUserFolders::followsTheEnvironment()
{
    QFETCH(const Variables, variables);
    const auto environment = [&](const char* name) {
        const auto variable = variables.find(name);
        return variable == variables.end() ? std::string() : variable->second;
    };

    QTEST(limpid::app::userModelsFolderOf(environment).string(), "models");
    QTEST(limpid::app::userWorkFolderOf(environment).string(), "work");
}

QTEST_APPLESS_MAIN(TestUserFolders)
#include "tst_user_folders.moc"
