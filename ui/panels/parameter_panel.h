// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/method_spec.h"
#include "ui/state/document.h"

#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;
class QVBoxLayout;

namespace limpid::ui {

class SliderRow;

/// What to restore, how, and how much of it to show. Built from the descriptions of the methods;
/// writes into the document and follows it.
class ParameterPanel : public QWidget {
    Q_OBJECT
public:
    ParameterPanel(const std::vector<engine::MethodSpec>& methods, Document& document,
                   QWidget* parent = nullptr);

private:
    void buildRegion(QVBoxLayout& rows);
    void buildMethod(QVBoxLayout& rows);
    void buildSeed(QVBoxLayout& rows);
    void buildStrength(QVBoxLayout& rows);
    void chooseMethod(int index);
    void addParameter(const engine::ParameterSpec& spec);
    void storeParameter(const std::string& id, double value);
    void showRegion();
    void showSettings();
    void showSeedLock(bool locked);

    const std::vector<engine::MethodSpec> methods_;
    Document& document_;
    QLabel* region_ = nullptr;
    QPushButton* wholePhoto_ = nullptr;
    SliderRow* feather_ = nullptr;
    QComboBox* method_ = nullptr;
    QLabel* bestFor_ = nullptr;
    SliderRow* steps_ = nullptr;
    QVBoxLayout* parameters_ = nullptr;
    std::map<std::string, SliderRow*> parameterRows_;
    std::map<std::string, QCheckBox*> toggles_;
    QSpinBox* seed_ = nullptr;
    QToolButton* lock_ = nullptr;
    SliderRow* strength_ = nullptr;
};

} // namespace limpid::ui
