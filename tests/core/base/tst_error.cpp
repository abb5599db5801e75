// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

#include <QTest>

#include <set>
#include <string_view>

using namespace limpid;

class TestError : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAreStable_data();
    void namesAreStable();
    void namesAreUnique();
    void failCarriesCodeDetailAndPath();
    void failureIsAnExceptionWithItsError();
};

void TestError::namesAreStable_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("first") << ErrorCode::FileNotFound << QByteArray("FileNotFound");
    QTest::newRow("region") << ErrorCode::RegionOutside << QByteArray("RegionOutside");
    QTest::newRow("model") << ErrorCode::ModelMismatch << QByteArray("ModelMismatch");
    QTest::newRow("last") << ErrorCode::Internal << QByteArray("Internal");
}

void TestError::namesAreStable()
{
    QFETCH(ErrorCode, code);
    QFETCH(QByteArray, expected);

    const std::string_view found = name(code);

    QCOMPARE(QByteArray(found.data(), int(found.size())), expected);
}

void TestError::namesAreUnique()
{
    constexpr int codes = int(ErrorCode::Internal) + 1;
    std::set<std::string_view> names;

    for (int code = 0; code < codes; ++code)
        names.insert(name(ErrorCode(code)));

    QCOMPARE(int(names.size()), codes);
}

void TestError::failCarriesCodeDetailAndPath()
{
    const Result<int> result = fail(ErrorCode::DamagedFile, "no SOI marker", "a.jpg");

    QVERIFY(!result.has_value());
    QVERIFY(result.error() == (Error{ErrorCode::DamagedFile, "no SOI marker", "a.jpg"}));
}

void TestError::failureIsAnExceptionWithItsError()
{
    const Error error{ErrorCode::DiskFull, "no space left", "b.png"};
    const Failure failure(error);

    QVERIFY(failure.error() == error);
    QCOMPARE(static_cast<const std::exception&>(failure).what(), "no space left");
}

QTEST_APPLESS_MAIN(TestError)
#include "tst_error.moc"
