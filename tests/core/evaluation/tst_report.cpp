// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/report.h"

#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <map>

using namespace limpid;
using namespace limpid::evaluation;

namespace {

Sample sample(const std::string& contender, const std::string& photo, double gain)
{
    return {.contender = contender,
            .photo = photo,
            .blur = photo == "a" ? "linear" : "defocus",
            .severity = "mild",
            .finish = "clean",
            .input = {{"psnr", 20.0}, {"edge_rise", 5.0}},
            .output = {{"psnr", 20.0 + gain}, {"edge_rise", 3.0}}};
}

Report report()
{
    return {.title = "A test",
            .settings = {{"size", "64"}},
            .samples = {sample("input", "a", 0.0), sample("m<s>g & more", "a", 1.0),
                        sample("input", "b", 0.0), sample("m<s>g & more", "b", 3.0)}};
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTableHasGainsWithIntervals()
    {
        const auto text = asMarkdown(report());

        QVERIFY(text.find("- size: 64\n") != std::string::npos);
        QVERIFY(text.find("| mild | input | 2 (2) | 20.00 | 3.00 |") != std::string::npos);
        QVERIFY(text.find("| mild | m<s>g & more | 2 (2) | +2.00 ± 12.71 | 3.00 |") !=
                std::string::npos);
        QVERIFY(text.find("| linear | 20.00 | +1.00 |") != std::string::npos);
        QVERIFY(text.find("SSIM |") == std::string::npos); // nobody measured it
    }

    void whatWasTheTruthAlreadyHasNoGain()
    {
        auto sharp = report();
        for (auto& one : sharp.samples)
            one.input["psnr"] = 100.0;

        const auto text = asMarkdown(sharp);

        QVERIFY(text.find("| mild | m<s>g & more | 2 (2) | 22.00 | 3.00 |") != std::string::npos);
        QVERIFY(asSvg(sharp).find("more") == std::string::npos);
    }

    void whatCouldNotBeRunIsSaidOnce()
    {
        auto partly = report();
        for (const char* photo : {"a", "b"}) {
            partly.samples.push_back(sample("G'MIC", photo, 0.0));
            partly.samples.back().output.clear();
            partly.samples.back().failure = "gmic is not installed";
        }

        const auto text = QString::fromStdString(asMarkdown(partly));

        QCOMPARE(text.count(QStringLiteral("not available: G'MIC (gmic is not installed)")), 1);
        QVERIFY(text.contains(QStringLiteral("| mild | G'MIC | 2 (2) | – | – |")));
        QVERIFY(asJson(partly).find("\"failure\": \"gmic is not installed\"") != std::string::npos);
        QVERIFY(asSvg(partly).find("G'MIC") == std::string::npos);
    }

    void whatWasLeftOutIsNamed()
    {
        auto partly = report();
        partly.leftOut = {{"three.jpg", "the file is damaged"}};

        const auto json = nlohmann::json::parse(asJson(partly));

        QVERIFY(asMarkdown(partly).find("- left out: three.jpg: the file is damaged\n") !=
                std::string::npos);
        QCOMPARE(json["left_out"].size(), std::size_t{1});
        QCOMPARE(json["left_out"][0]["photo"].get<std::string>(), std::string("three.jpg"));
        QVERIFY(nlohmann::json::parse(asJson(report()))["left_out"].empty());
    }

    void theJsonHoldsEverySample()
    {
        const auto json = nlohmann::json::parse(asJson(report()));

        QCOMPARE(json["schema"].get<int>(), 1);
        QCOMPARE(json["samples"].size(), std::size_t{4});
        QCOMPARE(json["samples"][3]["output"]["psnr"].get<double>(), 23.0);
        QCOMPARE(json["groups"][1]["gain"]["psnr"]["mean"].get<double>(), 2.0);
        // One photograph of this blur: no interval.
        QVERIFY(json["groups"][2]["gain"]["psnr"]["half95"].is_null());
    }

    void whatNothingBlurredIsInNoGroupByBlurOrFinish()
    {
        auto partly = report();
        auto untouched = sample("m<s>g & more", "c", 80.0);
        untouched.blur = "none";
        untouched.severity = "sharp";
        partly.samples.push_back(untouched);

        const auto json = nlohmann::json::parse(asJson(partly));

        std::map<std::string, double> gains;
        for (const auto& group : json["groups"])
            if (group["contender"] == "m<s>g & more")
                gains[group["by"].get<std::string>() + ' ' + group["group"].get<std::string>()] =
                    group["gain"]["psnr"]["mean"].get<double>();
        QVERIFY(gains == (std::map<std::string, double>{{"class mild", 2.0},
                                                        {"class sharp", 80.0},
                                                        {"blur linear", 1.0},
                                                        {"blur defocus", 3.0},
                                                        {"finish clean", 2.0}}));
        QCOMPARE(json["samples"].size(), std::size_t{5});
        QVERIFY(asMarkdown(partly).find("| clean | 20.00 | +2.00 ") != std::string::npos);
    }

    void thePlotIsSoundXmlWithABarForEachContender()
    {
        const auto svg = QString::fromStdString(asSvg(report()));
        QXmlStreamReader reader(svg);
        while (!reader.atEnd())
            reader.readNext();

        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(svg.contains(QStringLiteral("m&lt;s&gt;g &amp; more")));
        QVERIFY(svg.contains(QStringLiteral("Gain in PSNR")));
    }

    void withoutTruthThePlotShowsTheGradientEnergy()
    {
        auto blind = report();
        for (auto& one : blind.samples) {
            one.input = {};
            one.output = {{"gradient_ratio", 1.2}};
        }

        QVERIFY(asSvg(blind).find("Gradient energy") != std::string::npos);
    }

    void writesThreeFilesIntoANewFolder()
    {
        const QTemporaryDir folder;
        const std::filesystem::path out = folder.filePath(QStringLiteral("new/one")).toStdString();

        QVERIFY(writeReport(report(), out));

        for (const char* name : {"report.md", "report.json", "plot.svg"})
            QVERIFY(std::filesystem::file_size(out / name) > 100);
    }

    void preparingLeavesAnEmptyFolder()
    {
        const QTemporaryDir folder;
        const std::filesystem::path out = folder.filePath(QStringLiteral("new")).toStdString();

        QVERIFY(prepareReport(out));

        QVERIFY(std::filesystem::is_directory(out) && std::filesystem::is_empty(out));
    }

    void preparingFindsWhatCannotBeWritten()
    {
        const QTemporaryDir folder;
        const std::filesystem::path taken = folder.path().toStdString();
        std::filesystem::create_directory(taken / "report.json");

        QCOMPARE(prepareReport("/proc").error().code, ErrorCode::FileUnwritable); // it is there
        QCOMPARE(prepareReport(taken).error().path, taken / "report.json");
    }

    void aFolderThatCannotBeMadeIsNamed()
    {
        const auto written = writeReport(report(), "/dev/null/folder");

        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::FileUnwritable);
        QCOMPARE(written.error().path, std::filesystem::path("/dev/null/folder"));
    }
};

QTEST_APPLESS_MAIN(TestReport)
#include "tst_report.moc"
