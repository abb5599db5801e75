// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/slider_row.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QWheelEvent>

using namespace limpid;

namespace {

void turnWheel(QWidget& target, Qt::KeyboardModifiers modifiers)
{
    const QPointF middle = target.rect().center();
    QWheelEvent event(middle, target.mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&target, &event);
}

} // namespace

class TestSliderRow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void doubleClickOnTheNameSetsTheDefaultBack();
    void theWheelAloneChangesNothing();
    void theWheelWithShiftChangesTheValue();
    void fieldAndSliderFollowEachOther();
    void valuesAreClampedAndSaidOnce();
    void decimalsCanBeTyped();

private:
    std::unique_ptr<ui::SliderRow> row_;
};

void TestSliderRow::init()
{
    row_ = std::make_unique<ui::SliderRow>(QStringLiteral("Steps"));
    row_->setRange({.minimum = 1, .maximum = 20, .step = 1, .defaultValue = 6, .decimals = 0});
    row_->show();
}

void TestSliderRow::doubleClickOnTheNameSetsTheDefaultBack()
{
    row_->setValue(15);

    QTest::mouseDClick(row_->findChild<QLabel*>(QStringLiteral("name")), Qt::LeftButton);

    QCOMPARE(row_->value(), 6.0);
}

void TestSliderRow::theWheelAloneChangesNothing()
{
    turnWheel(*row_->findChild<QSlider*>(), Qt::NoModifier);
    turnWheel(*row_->findChild<QDoubleSpinBox*>(), Qt::NoModifier);

    QCOMPARE(row_->value(), 6.0);
}

void TestSliderRow::theWheelWithShiftChangesTheValue()
{
    turnWheel(*row_->findChild<QSlider*>(), Qt::ShiftModifier);

    QVERIFY(row_->value() > 6.0);
}

void TestSliderRow::fieldAndSliderFollowEachOther()
{
    row_->findChild<QSlider*>()->setValue(3); // notches above the minimum
    QCOMPARE(row_->findChild<QDoubleSpinBox*>()->value(), 4.0);

    row_->findChild<QDoubleSpinBox*>()->setValue(9);

    QCOMPARE(row_->findChild<QSlider*>()->value(), 8);
    QCOMPARE(row_->value(), 9.0);
}

void TestSliderRow::valuesAreClampedAndSaidOnce()
{
    QSignalSpy changes(row_.get(), &ui::SliderRow::valueChanged);

    row_->setValue(400);
    row_->setValue(20);

    QCOMPARE(row_->value(), 20.0);
    QCOMPARE(changes.count(), 1);
}

void TestSliderRow::decimalsCanBeTyped()
{
    row_->setRange({.minimum = 0, .maximum = 10, .step = 0.05, .defaultValue = 0.5, .decimals = 2});
    auto& field = *row_->findChild<QDoubleSpinBox*>();
    field.setFocus();
    field.selectAll();

    QTest::keyClicks(&field, field.locale().toString(0.75));

    QCOMPARE(row_->value(), 0.75);
    QCOMPARE(field.value(), 0.75);
}

QTEST_MAIN(TestSliderRow)
#include "tst_slider_row.moc"
