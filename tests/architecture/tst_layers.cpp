// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/layer_rules.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <iterator>

using namespace limpid::tests;

class TestLayers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFileKeepsItsLayer();
    void refuses_data();
    void refuses();
    void accepts_data();
    void accepts();
    void namesFileLineAndRule();
};

void TestLayers::everyFileKeepsItsLayer()
{
    QElapsedTimer timer;
    timer.start();

    std::vector<Violation> violations;
    const auto sources = readSources(LIMPID_SOURCE_DIR);
    for (const SourceFile& source : sources)
        std::ranges::move(checkLayers(source), std::back_inserter(violations));

    QVERIFY2(sources.size() > 30, "the sources were not found");
    QVERIFY2(violations.empty(), describe(violations).c_str());
    qInfo("%d files in %d ms", int(sources.size()), int(timer.elapsed()));
}

void TestLayers::refuses_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* path, const char* text) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(text);
    };
    row("base upwards", "core/base/log.cpp", "#include \"core/image/image.h\"\n");
    row("image to region", "core/image/image.h", "#include \"core/region/mask.h\"\n");
    row("engine to inference", "core/engine/engine.cpp",
        "#include \"core/inference/make_runner.h\"\n");
    row("sampler knows network", "core/diffusion/ddim.cpp", "#include \"core/networks/unet.h\"\n");
    row("network knows images", "core/networks/unet.cpp", "#include \"core/image/image.h\"\n");
    row("network reads files", "core/networks/unet.cpp",
        "#include \"core/checkpoint/safetensors.h\"\n");
    row("method drives engine", "core/methods/msg.cpp", "#include \"core/engine/engine.h\"\n");
    row("ui to inference", "ui/main_window.cpp", "#include \"core/inference/make_runner.h\"\n");
    row("ui reads weights", "ui/panels/a.cpp", "#include \"core/checkpoint/safetensors.h\"\n");
    row("app inside inference", "app/gui_main.cpp", "#include \"core/inference/devices.h\"\n");
    row("core to tests", "core/base/log.cpp", "#include \"tests/support/fake_runner.h\"\n");
    row("unknown folder", "core/utils/all.h", "#include \"core/base/error.h\"\n");
    row("relative include", "core/base/error.cpp", "#include \"error.h\"\n");
    row("Qt in core", "core/base/log.cpp", "#include <QString>\n");
    row("QtCore in core", "core/engine/event.h", "#include <QtCore/qglobal.h>\n");
    row("Torch in engine", "core/engine/engine.cpp", "#include <ATen/ATen.h>\n");
    row("Torch in ui", "ui/main_window.cpp", "#  include <torch/torch.h>\n");
    row("all of Torch", "core/nn/linear.cpp", "#include <torch/torch.h>\n");
    row("c10 in region", "core/region/blend.cpp", "#include <c10/util/Half.h>\n");
    row("Torch in face", "core/inference/make_runner.h", "#include <torch/types.h>\n");
    row("Torch in other face", "core/inference/random_checkpoint.h", "#include <ATen/ATen.h>\n");
    row("OpenCV in methods", "core/methods/msg.cpp", "#include <opencv2/core.hpp>\n");
    row("OpenCV in header", "core/image/image.h", "#include <opencv2/core.hpp>\n");
    row("Exiv2 in reader", "core/image/photo_reader.cpp", "#include <exiv2/exiv2.hpp>\n");
    row("lcms2 in reader", "core/image/photo_reader.cpp", "#include <lcms2.h>\n");
    row("json in header", "core/checkpoint/catalog.h", "#include <nlohmann/json.hpp>\n");
    row("json in engine", "core/engine/engine.cpp", "#include <nlohmann/json.hpp>\n");
    row("expected elsewhere", "core/image/photo.h", "#include <tl/expected.hpp>\n");
    row("CLI11 in core", "core/base/log.cpp", "#include <CLI/CLI.hpp>\n");
    row("spdlog in engine", "core/engine/engine.cpp", "#include <spdlog/spdlog.h>\n");
    row("tr in core", "core/base/error.cpp", "auto s = QObject::tr(\"No\");\n");
    row("processEvents", "ui/main_window.cpp", "void f() { qApp->processEvents(); }\n");
    row("QEventLoop", "ui/dialogs/a.cpp", "void f() { QEventLoop loop; }\n");
    row("waitForFinished", "ui/state/a.cpp", "void f() { future.waitForFinished(); }\n");
    row("nested exec", "ui/dialogs/a.cpp", "void f() { dialog.exec(); }\n");
    row("file(GLOB)", "core/CMakeLists.txt", "  file (GLOB_RECURSE sources *.cpp)\n");
    row("include_directories", "ui/CMakeLists.txt", "include_directories(.)\n");
    row("add_definitions", "core/libtorch.cmake", "add_definitions(-DX)\n");
}

void TestLayers::refuses()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, text);

    const auto violations = checkLayers({path.toStdString(), text.toStdString()});

    QCOMPARE(violations.size(), std::size_t{1});
}

void TestLayers::accepts_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* path, const char* text) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(text);
    };
    row("own folder", "core/nn/a.cpp", "#include \"core/nn/a.h\"\n#include <torch/types.h>\n");
    row("weights", "core/networks/load_weights.cpp",
        "#include \"core/checkpoint/tensor_index.h\"\n");
    row("bridge", "core/methods/msg.h", "#include \"core/engine/method_spec.h\"\n");
    row("private header", "core/image/mat_view.h", "#include <opencv2/core.hpp>\n");
    row("ui to engine", "ui/state/engine_bridge.h",
        "#include \"core/engine/engine.h\"\n#include \"ui/state/document.h\"\n#include "
        "<QObject>\n");
    row("catalog", "ui/dialogs/a.cpp", "#include \"core/checkpoint/catalog.h\"\n");
    row("composition root", "app/gui_main.cpp", "#include \"core/inference/make_runner.h\"\n");
    row("training tool", "app/train_main.cpp",
        "#include \"core/training/trainer.h\"\n#include <torch/types.h>\n");
    row("moc", "tests/core/base/tst_a.cpp", "#include \"tst_a.moc\"\n");
    row("system", "core/image/photo_writer.cpp", "#include <fcntl.h>\n#include <vector>\n");
    row("in a comment", "core/base/a.h", "// #include <QString> and tr(\"x\")\n/* QEventLoop */\n");
    row("in a literal", "core/base/a.cpp",
        "auto a = R\"(\n#include <QString>\n)\"; auto b = \"tr(\";\n");
    row("another tr", "core/nn/a.cpp", "float tr = 1; auto attr = attract(tr);\n");
    row("target_…", "core/CMakeLists.txt", "target_include_directories(a PUBLIC .) # file(GLOB\n");
}

void TestLayers::accepts()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, text);

    const auto violations = checkLayers({path.toStdString(), text.toStdString()});

    QVERIFY2(violations.empty(), describe(violations).c_str());
}

void TestLayers::namesFileLineAndRule()
{
    const auto violations =
        checkLayers({"core/base/log.cpp", "\n/* two\nlines */\n#include <QString>\n"});

    QCOMPARE(QByteArray::fromStdString(describe(violations)),
             QByteArray("\ncore/base/log.cpp:4: Qt is not for this file: \"QString\""));
}

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
