// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/method_spec.h"
#include "ui/state/document.h"

#include <QWidget>

#include <set>
#include <string>
#include <vector>

class QAction;
class QComboBox;
class QLabel;
class QVBoxLayout;

namespace limpid::ui {

class DeviceRow;
class ParameterRows;
class SliderRow;

/// What to restore, how, and how much of it to show. Built from the descriptions of the methods;
/// writes into the document and follows it.
class ParameterPanel : public QWidget {
    Q_OBJECT
public:
    /// `draw` chooses the rectangle tool.
    ParameterPanel(const std::vector<engine::MethodSpec>& methods, Document& document,
                   QAction& draw, QWidget* parent = nullptr);

    /// The default of a method from now on. Steps that stand at the old default follow it.
    void setDefaultSteps(const std::string& method, int steps);

    /// Whether the model of a method is a compact one, which looks at fewer settings.
    void setCompact(const std::string& method, bool compact);

    /// Where runs can compute: the CPU, then the GPUs.
    void setDevices(const std::vector<engine::DeviceInfo>& devices);

Q_SIGNALS:
    void deviceChosen(const std::string& id); ///< As DeviceRow::chosen.

private:
    void buildMethod(QVBoxLayout& rows);
    void buildSteps(QVBoxLayout& rows);
    void buildStrength(QVBoxLayout& rows);
    void chooseMethod(int index);
    void showMethod(const std::string& id);
    void showStepRange(const engine::MethodSpec& spec);
    void showSettings();

    std::vector<engine::MethodSpec> methods_;
    std::string shown_;             ///< The method that the rows are built for.
    std::set<std::string> compact_; ///< The methods that use a compact model.
    Document& document_;
    QComboBox* method_ = nullptr;
    QLabel* fullName_ = nullptr;
    QLabel* bestFor_ = nullptr;
    SliderRow* steps_ = nullptr;
    ParameterRows* parameters_ = nullptr;
    DeviceRow* device_ = nullptr;
};

} // namespace limpid::ui
