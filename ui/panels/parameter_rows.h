// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/method_spec.h"
#include "ui/state/document.h"

#include <QWidget>

#include <functional>
#include <map>
#include <string>
#include <vector>

class QToolButton;
class QVBoxLayout;

namespace limpid::ui {

/// The settings of one method as rows of fields, built from its description; those for experts lie
/// behind a button. What changes nothing with the chosen steps is disabled, what the chosen model
/// does not look at is hidden. Writes into the document and follows it.
class ParameterRows : public QWidget {
    Q_OBJECT
public:
    explicit ParameterRows(Document& document, QWidget* parent = nullptr);

    /// Replaces all rows by those of the document's method. Settings of another are not shown.
    void build(const std::vector<engine::ParameterSpec>& specs);

    /// For a compact model: hides what it has no use for, at its default.
    void setCompact(bool compact);

private:
    void add(const engine::ParameterSpec& spec);
    QWidget* slider(const engine::ParameterSpec& spec);
    QWidget* toggle(const engine::ParameterSpec& spec);
    QWidget* choice(const engine::ParameterSpec& spec);
    void store(const engine::ParameterSpec& spec, double value);
    void showSettings();
    void showUse();
    bool isOffered(const engine::ParameterSpec& spec) const;
    void clear();

    Document& document_;
    QVBoxLayout* plain_ = nullptr;
    QVBoxLayout* advanced_ = nullptr;
    QToolButton* more_ = nullptr;
    std::string method_; ///< Whose parameters these are.
    std::vector<engine::ParameterSpec> specs_;
    std::map<std::string, std::function<void(double)>> setters_; ///< Show a value in its field.
    std::map<std::string, QWidget*> rows_;
    bool compact_ = false;
    bool isShowing_ = false; ///< The fields take values from the document, and write none.
};

} // namespace limpid::ui
