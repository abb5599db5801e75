// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/export_plan.h"
#include "ui/state/settings.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace limpid::ui {

class SliderRow;

/// Asks how and where to write the result. Says before it happens what the file will be called,
/// what the format cannot hold, and refuses the source's own name. Non-blocking: open() it and
/// wait for accepted().
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    ExportDialog(const image::Photo& photo, Settings& settings, QWidget* parent = nullptr);

    const ExportPlan& plan() const { return plan_; }
    /// A sentence on which picture is taken; empty: nothing needs to be said.
    void setPictureNote(const QString& note);
    void accept() override;

private:
    void buildFormat(QFormLayout& form);
    void buildMetadata(QFormLayout& form);
    void buildTarget(QFormLayout& form);
    void buildNotes(QFormLayout& form);
    void chooseFolder();
    void refresh();
    QString obstacleText() const;
    QString lossesText() const;

    ExportPlan plan_;
    Settings& settings_;
    bool mayReplace_ = false; // the user was asked about this very target
    QComboBox* format_ = nullptr;
    SliderRow* quality_ = nullptr;
    QComboBox* depth_ = nullptr;
    QComboBox* metadata_ = nullptr;
    QCheckBox* statesAi_ = nullptr;
    QLineEdit* folder_ = nullptr;
    QLineEdit* name_ = nullptr;
    QLabel* example_ = nullptr;
    QLabel* picture_ = nullptr;
    QLabel* problem_ = nullptr;
    QLabel* losses_ = nullptr;
    QPushButton* export_ = nullptr;
};

} // namespace limpid::ui
