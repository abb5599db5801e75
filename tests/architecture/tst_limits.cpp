// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/cpp_functions.h"
#include "tests/architecture/limit_rules.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <iterator>

using namespace limpid::tests;

class TestLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFileKeepsTheLimits();
    void filesStaySmallOnTheWhole();
    void refuses_data();
    void refuses();
    void acceptsWhatIsJustAllowed();
    void findsFunctions_data();
    void findsFunctions();
    void namesFileLineAndRule();
};

namespace {

QByteArray repeated(const char* text, int times)
{
    return QByteArray(text).repeated(times);
}

/// "name/parameters/nesting" of each function found.
QByteArray summary(const QByteArray& text)
{
    const std::string source = text.toStdString();
    QByteArrayList found;
    for (const FunctionBody& body : findFunctions(scanCpp(source).tokens))
        found << QByteArray::fromStdString(body.name) + '/' + QByteArray::number(body.parameters) +
                     '/' + QByteArray::number(body.nesting);
    return found.join(' ');
}

} // namespace

void TestLimits::everyFileKeepsTheLimits()
{
    QElapsedTimer timer;
    timer.start();

    std::vector<Violation> violations;
    const auto sources = readSources(LIMPID_SOURCE_DIR);
    for (const SourceFile& source : sources) {
        if (!source.isCMake())
            std::ranges::move(checkLimits(source), std::back_inserter(violations));
    }

    QVERIFY2(sources.size() > 30, "the sources were not found");
    QVERIFY2(violations.empty(), describe(violations).c_str());
    qInfo("%d files in %d ms", int(sources.size()), int(timer.elapsed()));
}

void TestLimits::filesStaySmallOnTheWhole()
{
    const Spread spread = spreadOf(readSources(LIMPID_SOURCE_DIR));

    qInfo("median lines: .cpp %d, .h %d, function %d; 95 %% of functions: %d",
          spread.medianCppLines, spread.medianHeaderLines, spread.medianFunctionLines,
          spread.functionLines95);
    QVERIFY(spread.medianCppLines > 0 && spread.medianCppLines <= 130);
    QVERIFY(spread.medianHeaderLines > 0 && spread.medianHeaderLines <= 60);
    QVERIFY(spread.medianFunctionLines > 0 && spread.medianFunctionLines <= 10);
    QVERIFY(spread.functionLines95 <= 35);
}

void TestLimits::refuses_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("long .cpp") << QByteArray("core/a.cpp") << repeated("\n", 401);
    QTest::newRow("long .h") << QByteArray("core/a.h") << repeated("\n", 201);
    QTest::newRow("long function")
        << QByteArray("a.cpp") << "void f()\n{\n" + repeated("g();\n", 59) + "}\n";
    QTest::newRow("long lambda") << QByteArray("a.cpp")
                                 << "auto f = [&](int a) {\n" + repeated("g();\n", 59) + "};\n";
    QTest::newRow("long method in class")
        << QByteArray("a.h")
        << "class A {\nvoid f() const\n{\n" + repeated("g();\n", 59) + "}\n};\n";
    QTest::newRow("six parameters")
        << QByteArray("a.cpp") << QByteArray("int f(int, int, int, int, int, int) { return 1; }\n");
    QTest::newRow("deep nesting")
        << QByteArray("a.cpp")
        << QByteArray("void f() { if (a) { for (;;) { while (b) { switch (c) { } } } } }\n");
    QTest::newRow("TODO") << QByteArray("a.cpp") << QByteArray("// TODO: later\n");
    QTest::newRow("TODO in a block") << QByteArray("a.cpp") << QByteArray("/* TODO(me) later */\n");
    QTest::newRow("FIXME") << QByteArray("a.cpp") << QByteArray("int a; // FIXME(#12)\n");
}

void TestLimits::refuses()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, text);

    const auto violations = checkLimits({path.toStdString(), text.toStdString()});

    QVERIFY2(violations.size() == 1, describe(violations).c_str());
}

void TestLimits::acceptsWhatIsJustAllowed()
{
    const QByteArray text =
        "// TODO(#12): later\n"
        "void f(int a, std::map<int, int> b = {1, 2}, int (*c)(int, int) = nullptr, int, int)\n"
        "{\nif (a) { for (;;) { while (b) { } } }\n" +
        repeated("g();\n", 57) + "}\n" + repeated("\n", 335);

    const auto violations = checkLimits({"a.cpp", text.toStdString()});

    QVERIFY2(violations.empty(), describe(violations).c_str());
}

void TestLimits::findsFunctions_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("found");
    const auto row = [](const char* name, const char* text, const char* found) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(found);
    };
    row("declaration only", "int f(int a); struct A { void g(); };", "");
    row("namespaces", "namespace a::b { inline namespace c { void f() {} } }", "f/0/0");
    row("constructor", "A::A(int a) : b_(a), c_{a}, d_{{1, 2}} { if (a) {} }", "A/1/1");
    row("empty constructor", "class A : public B<int> { A() : B{} {} int a{3}; };", "A/0/0");
    row("qualifiers", "auto A::f(int a) const noexcept -> std::vector<int> { return {}; }",
        "f/1/0");
    row("template", "template<class T, int N = 3> struct A { template<class U> T f(U u) {} };",
        "f/1/0");
    row("operators", "bool A::operator()(int a) const { } A& operator=(A&& a) { }", ")/1/0 =/1/0");
    row("lambda argument", "void f() { std::sort(a, b, [](int x, int y) { if (x) {} }); }",
        "f/0/0 lambda/2/1");
    row("lambda without parentheses", "void f() { run([this] { go(); }); g([] {}); }",
        "f/0/0 lambda/0/0 lambda/0/0");
    row("lambda with return type", "auto f = [&](auto a) mutable -> Result<int> { return 1; };",
        "lambda/1/0");
    row("initializers", "constexpr std::array a{1, 2}; const A b = {.c = {1}}; int c[]{1};", "");
    row("designated", "void f() { return {.a = 1, .b = g({1, 2})}; A a{1}; B b[2]{}; }", "f/0/0");
    row("enum", "enum class A : int { B, C }; void f(A a) { }", "f/1/0");
    row("else and do", "void f() { if (a) { } else { do { } while (b); } }", "f/0/2");
    row("try and case", "void f() { try { switch (a) { case 1: { } } } catch (...) { } }", "f/0/3");
    row("function returning struct", "struct A f(int a) { }", "f/1/0");
    row("access labels", "class A { Q_OBJECT\npublic Q_SLOTS: void f() {} private: int b{1}; };",
        "f/0/0");
    row("braces in text", "void f() { g(\"{{\", '{', R\"x({)\")x\"); int n = 1'000; } // {",
        "f/0/0");
    row("macros", "#define M(x) { \\\n x {\nvoid f(void) { }", "f/0/0");
    row("local class", "void f() { struct A { int g() { return 1; } }; }", "f/0/0 g/0/0");
    row("extern C", "extern \"C\" int fuzz(const char* a, size_t b) { return 0; }", "fuzz/2/0");
    row("extern C block", "extern \"C\" { void f() { } }", "f/0/0");
}

void TestLimits::findsFunctions()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, found);

    QCOMPARE(summary(text), found);
}

void TestLimits::namesFileLineAndRule()
{
    const auto violations =
        checkLimits({"core/a.cpp", "\nvoid f(int, int, int, int, int, int)\n{}\n"});

    QCOMPARE(QByteArray::fromStdString(describe(violations)),
             QByteArray("\ncore/a.cpp:3: parameters of f: 6, at most 5"));
}

QTEST_APPLESS_MAIN(TestLimits)
#include "tst_limits.moc"
