// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/model_store.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;
class QVBoxLayout;

namespace limpid::ui {

/// Shows which models there are, imports others and removes them, and says which one a method uses.
/// Closing it does not stop an import. Non-blocking: open() it.
class ModelDialog : public QDialog {
    Q_OBJECT
public:
    /// The store outlives the dialog.
    explicit ModelDialog(ModelStore& store, QWidget* parent = nullptr);

private:
    void buildList(QVBoxLayout& rows);
    void buildImport(QVBoxLayout& rows);
    void connectStore();
    void refreshList();
    void refreshSelection();
    void refreshImport();
    void chooseFile();
    void useSelected();
    void removeSelected();
    void say(const QString& text, bool isProblem = false);
    const InstalledModel* selected() const;
    QString detailText(const InstalledModel& model) const;

    ModelStore& store_;
    QTreeWidget* list_ = nullptr;
    QLabel* details_ = nullptr;
    QPushButton* use_ = nullptr;
    QPushButton* remove_ = nullptr;
    QComboBox* precision_ = nullptr;
    QPushButton* import_ = nullptr;
    QLabel* stage_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPushButton* cancel_ = nullptr;
    QLabel* message_ = nullptr;
};

} // namespace limpid::ui
