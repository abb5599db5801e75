// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/deblurdiff_metadata.h"
#include "tests/core/networks/deblurdiff_samples.h"
#include "tests/support/tiny_compact.h"

#include <QTest>

using namespace limpid;
using namespace limpid::networks;

class TestDeblurDiffMetadata : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void survivesTheFile_data()
    {
        QTest::addColumn<bool>("compact");
        QTest::newRow("with text") << false;
        QTest::newRow("compact") << true;
    }
    void survivesTheFile()
    {
        QFETCH(const bool, compact);
        const auto written = toMetadata(compact ? tests::tinyCompact() : tests::tinyDeblurDiff());

        const auto config = deblurDiffConfigFromMetadata(written);

        QVERIFY2(config.has_value(), config ? "" : config.error().detail.c_str());
        QCOMPARE(toMetadata(*config), written);
        QCOMPARE(config->text.has_value(), !compact);
        QCOMPARE(config->latentScale, compact ? 0.5 : 0.18215);
        QCOMPARE(config->form, compact ? LatentForm::Compact : LatentForm::Published);
    }

    void takesAFileWithoutFormForThePublishedOne()
    {
        auto metadata = toMetadata(tests::tinyCompact());
        metadata.erase("form");

        const auto config = deblurDiffConfigFromMetadata(metadata);

        QVERIFY(config.has_value());
        QCOMPARE(config->form, LatentForm::Published);
    }

    void wantsADecoderWithSkipsInTheCompactForm()
    {
        auto metadata = toMetadata(tests::tinyCompact());
        metadata["vae.skips"] = "0";

        const auto config = deblurDiffConfigFromMetadata(metadata);

        QVERIFY(!config.has_value());
        QCOMPARE(config.error().code, ErrorCode::ModelMismatch);
    }

    void takesAFileWithoutMetadataForThePublishedOne()
    {
        const auto config = deblurDiffConfigFromMetadata({{"format", "pt"}});

        QVERIFY(config.has_value());
        QCOMPARE(toMetadata(*config), toMetadata(publishedConfig()));
        QCOMPARE(config->kernel.outChannels, std::int64_t{100});
    }

    void takesThePublishedSizes()
    {
        const auto config = deblurDiffConfigFromMetadata(toMetadata(publishedConfig()));

        QVERIFY2(config.has_value(), config ? "" : config.error().detail.c_str());
    }

    void takesNoMoreLevelsThanDivideATile_data()
    {
        QTest::addColumn<QByteArray>("autoencoder");
        QTest::addColumn<QByteArray>("unet");
        QTest::addColumn<QByteArray>("kernel");
        QTest::addColumn<bool>("taken");
        QTest::newRow("as many as published")
            << QByteArray("1,1,1,1") << QByteArray("1,1,1,1") << QByteArray("1,1,1,1") << true;
        QTest::newRow("one more in the U-Net")
            << QByteArray("1,1,1,1") << QByteArray("1,1,1,1,1") << QByteArray("1,1") << false;
        QTest::newRow("one more in the kernels")
            << QByteArray("1,1,1,1") << QByteArray("1,1") << QByteArray("1,1,1,1,1") << false;
        QTest::newRow("one more in the autoencoder")
            << QByteArray("1,1,1,1,1") << QByteArray("1,1,1,1") << QByteArray("1,1") << false;
        QTest::newRow("as many as each may have")
            << QByteArray("1,1,1,1,1,1") << QByteArray("1,1,1,1,1,1") << QByteArray("1,1,1,1,1,1")
            << false;
    }
    void takesNoMoreLevelsThanDivideATile()
    {
        QFETCH(const QByteArray, autoencoder);
        QFETCH(const QByteArray, unet);
        QFETCH(const QByteArray, kernel);
        QFETCH(const bool, taken);
        auto metadata = toMetadata(tests::tinyDeblurDiff());
        metadata["vae.multipliers"] = autoencoder.toStdString();
        metadata["kpn.channel_multipliers"] = kernel.toStdString();
        for (const char* network : {"unet.", "controlnet."})
            metadata[std::string(network) + "channel_multipliers"] = unet.toStdString();

        const auto config = deblurDiffConfigFromMetadata(metadata);

        QCOMPARE(config.has_value(), taken);
        QVERIFY(taken || config.error().code == ErrorCode::ModelMismatch);
    }

    void refusesWhatIsNoDeblurDiff()
    {
        const auto config = deblurDiffConfigFromMetadata({{"architecture", "msg"}});

        QVERIFY(!config.has_value());
        QCOMPARE(config.error().code, ErrorCode::ModelMismatch);
        for (const char* method : {"'msg'", "'deblurdiff'"})
            QVERIFY(config.error().detail.find(method) != std::string::npos);
    }

    void refusesABrokenConfiguration_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, const char* key, const char* value) {
            QTest::newRow(name) << QString::fromLatin1(key) << QString::fromLatin1(value);
        };
        row("not a number", "kernel_size", "five");
        row("even kernel", "kernel_size", "4");
        row("negative", "unet.model_channels", "-320");
        row("absurdly wide", "unet.model_channels", "99999999");
        row("wide by its multipliers", "unet.channel_multipliers", "16,16");
        row("too many levels", "kpn.channel_multipliers", "1,1,1,1,1,1,1");
        row("no levels", "vae.multipliers", "");
        row("no groups", "vae.channels", "40");
        row("no equal heads", "unet.head_channels", "7");
        row("other latent", "vae.embed_channels", "5");
        row("other kernels", "kernel_dilations", "1,2");
        row("other levels in the ControlNet", "controlnet.channel_multipliers", "1,2,4");
        row("not finite", "latent_scale", "nan");
        row("falling betas", "last_beta", "0.0001");
        row("other context", "clip.width", "32");
        row("unknown form", "form", "tiny");
        row("compact with text", "form", "compact");
    }
    void refusesABrokenConfiguration()
    {
        QFETCH(const QString, key);
        QFETCH(const QString, value);
        auto metadata = toMetadata(tests::tinyDeblurDiff());
        metadata[key.toStdString()] = value.toStdString();

        const auto config = deblurDiffConfigFromMetadata(metadata);

        QVERIFY(!config.has_value());
        QCOMPARE(config.error().code, ErrorCode::ModelMismatch);
        QVERIFY(QString::fromStdString(config.error().detail).startsWith(u"metadata '"));
    }

    void namesTheKeyThatIsMissing()
    {
        auto metadata = toMetadata(tests::tinyDeblurDiff());
        metadata.erase("vae.z_channels");

        const auto config = deblurDiffConfigFromMetadata(metadata);

        QVERIFY(!config.has_value());
        QCOMPARE(config.error().detail, std::string("metadata 'vae.z_channels' is missing"));
    }
};

QTEST_APPLESS_MAIN(TestDeblurDiffMetadata)
#include "tst_deblurdiff_metadata.moc"
