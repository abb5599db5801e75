// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/prompt_text.h"
#include "core/networks/tokenizer.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace limpid;
using namespace limpid::networks;

namespace {

constexpr std::int64_t startId = 519; // 512 bytes and seven merges come before
constexpr std::int64_t endId = 520;

/// Ids between start and end.
QList<qint64> inner(const TokenIds& ids)
{
    const auto end = std::find(ids.begin() + 1, ids.end(), endId);
    return {ids.begin() + 1, end};
}

QString cleaned(const QString& prompt)
{
    return QString::fromStdU32String(cleanPrompt(prompt.toStdString()));
}

} // namespace

class TestTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QVERIFY(folder_.isValid());
        path_ = folder_.filePath(QStringLiteral("merges.txt"));
        write("#version\nl o\nlo w</w>\ne r</w>\nn e\nw er</w>\nne wer</w>\no w</w>");
    }

    void mergesTheBestPairFirst_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QList<qint64>>("ids");
        QTest::newRow("empty") << QString() << QList<qint64>{};
        QTest::newRow("one byte ends a word") << QStringLiteral("l") << QList<qint64>{256 + 75};
        QTest::newRow("whole word") << QStringLiteral("low") << QList<qint64>{513};
        QTest::newRow("upper case") << QStringLiteral("LOW") << QList<qint64>{513};
        QTest::newRow("chain") << QStringLiteral("newer") << QList<qint64>{517};
        QTest::newRow("only at the end") << QStringLiteral("lower") << QList<qint64>{512, 516};
        QTest::newRow("two words") << QStringLiteral(" low \n newer ") << QList<qint64>{513, 517};
        QTest::newRow("digits stand alone") << QStringLiteral("12") << QList<qint64>{272, 273};
        QTest::newRow("contraction") << QStringLiteral("l's") << QList<qint64>{331, 6, 338};
        QTest::newRow("special mark")
            << QStringLiteral("low<START_OF_TEXT>low") << QList<qint64>{513, startId, 513};
    }
    void mergesTheBestPairFirst()
    {
        QFETCH(const QString, prompt);
        QFETCH(const QList<qint64>, ids);

        const auto tokens = opened().encode(prompt.toStdString());

        QCOMPARE(tokens.size(), Tokenizer::contextLength);
        QCOMPARE(tokens.front(), startId);
        QCOMPARE(inner(tokens), ids);
        QCOMPARE(tokens.back(), std::int64_t{0});
    }

    void cutsALongPromptAndEndsIt()
    {
        const auto tokens = opened().encode(std::string(400, 'x'));

        QCOMPARE(tokens.size(), Tokenizer::contextLength);
        QCOMPARE(inner(tokens).size(), 75);
        QCOMPARE(tokens.back(), endId);
    }

    void knowsTheDefaultPromptsWithoutAFile()
    {
        const auto empty = builtInTokens(defaultPositivePrompt);
        const auto negative = builtInTokens(defaultNegativePrompt);

        QCOMPARE(empty.size(), Tokenizer::contextLength);
        QCOMPARE(empty[1], std::int64_t{49407});
        QCOMPARE(std::count(negative.begin(), negative.end(), 267), 5);
        QCOMPARE(negative[17], std::int64_t{49407});
        QVERIFY(builtInTokens("a cat").empty());
    }

    void cleansPrompts_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char16_t* prompt, const char16_t* text) {
            QTest::newRow(name) << QString::fromUtf16(prompt) << QString::fromUtf16(text);
        };
        row("white space", u" a \t\u00A0 b\u3000c\u2028 ", u"a b c");
        row("upper case", u"ÄÉ ΣΊΣΥΦΟΣ ПРИВЕТ ẞ İ Ⅷ", u"äé σίσυφος привет ß i̇ ⅷ");
        row("curly quotes", u"don’t “say” „that“", u"don't \"say\" \"that\"");
        row("ligatures", u"ﬁne oﬃce", u"fine office");
        row("full width", u"ＡＢＣ１２３！", u"abc123!");
        row("control characters", u"a\u0007b\u001B[31mc\u001B[0m", u"abc");
        row("accents apart", u"e\u0301 A\u0308 a\u0301\u0301", u"é ä á\u0301");
        row("mojibake", u"schÃ¶n âœ” fixed", u"schön ✔ fixed");
        row("no mojibake", u"Ã¶ 日", u"ã¶ 日");
        row("entities", u"&amp;amp; &lt;b&gt; &#39;&#x41;&copy; &eacute; &bogus;",
            u"& <b> 'a© é &bogus;");
        row("an entity inside a tag's text", u"<b>&amp;</b>", u"<b>&</b>");
    }
    void cleansPrompts()
    {
        QFETCH(const QString, prompt);
        QFETCH(const QString, text);

        QCOMPARE(cleaned(prompt), text);
    }

    void refusesABadTable_data()
    {
        QTest::addColumn<QByteArray>("table");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("header only") << QByteArray("#version\n");
        QTest::newRow("one part") << QByteArray("#version\nlo\n");
        QTest::newRow("unknown part") << QByteArray("#version\nxy z\n");
        QTest::newRow("damaged gzip") << QByteArray("\x1f\x8b\x08\x00garbage that is none", 24);
    }
    void refusesABadTable()
    {
        QFETCH(const QByteArray, table);
        write(table);

        const auto tokenizer = Tokenizer::read(path_.toStdString());

        QVERIFY(!tokenizer);
        QCOMPARE(tokenizer.error().code, ErrorCode::ModelDamaged);
        QCOMPARE(tokenizer.error().path, std::filesystem::path(path_.toStdString()));
    }

    void saysWhenThereIsNoFile()
    {
        const auto tokenizer = Tokenizer::read(folder_.filePath(u"none"_qs).toStdString());

        QVERIFY(!tokenizer);
        QCOMPARE(tokenizer.error().code, ErrorCode::ModelMissing);
    }

private:
    void write(const QByteArray& table) const
    {
        QFile file(path_);
        QVERIFY(file.open(QFile::WriteOnly));
        QCOMPARE(file.write(table), table.size());
    }

    Tokenizer opened() const
    {
        auto tokenizer = Tokenizer::read(path_.toStdString());
        if (!tokenizer)
            qFatal("%s", tokenizer.error().detail.c_str());
        return *tokenizer;
    }

    QTemporaryDir folder_;
    QString path_;
};

QTEST_APPLESS_MAIN(TestTokenizer)
#include "tst_tokenizer.moc"
