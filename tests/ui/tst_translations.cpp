// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>
#include <QXmlStreamReader>

namespace {

/// One text and its translation, as the .ts file has them.
struct Entry {
    QString source;
    QString translation;
    QString type; ///< "unfinished", "obsolete", … or empty.
};

std::vector<Entry> entries()
{
    QFile file(QStringLiteral(LIMPID_SOURCE_DIR "/translations/limpid_de.ts"));
    std::vector<Entry> found;
    if (!file.open(QIODevice::ReadOnly))
        return found;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"source")
            found.push_back({xml.readElementText(), {}, {}});
        else if (xml.name() == u"translation") {
            found.back().type = xml.attributes().value(QStringLiteral("type")).toString();
            found.back().translation = xml.readElementText();
        }
    }
    return found;
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void germanIsComplete();
    void placeholdersAreKept();
};

void TestTranslations::germanIsComplete()
{
    const auto all = entries();

    QVERIFY(all.size() > 150);
    for (const auto& entry : all) {
        QVERIFY2(entry.type.isEmpty(), qPrintable(entry.source));
        QVERIFY2(!entry.translation.isEmpty(), qPrintable(entry.source));
    }
}

void TestTranslations::placeholdersAreKept()
{
    for (const auto& entry : entries())
        for (const auto* place : {"%1", "%2", "%3"})
            QVERIFY2(entry.source.contains(QLatin1String(place)) ==
                         entry.translation.contains(QLatin1String(place)),
                     qPrintable(entry.source));
}

QTEST_APPLESS_MAIN(TestTranslations)
#include "tst_translations.moc"
