// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/model_dialog.h"

#include "ui/dialogs/question.h"
#include "ui/panels/form_parts.h"
#include "ui/state/file_path.h"
#include "ui/state/method_text.h"
#include "ui/state/model_text.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace limpid::ui {

namespace {

using checkpoint::ImportPrecision;

constexpr QSize firstSize(820, 480);
constexpr std::size_t shortHash = 12;
constexpr int columnSpace = 16;
constexpr int idRole = Qt::UserRole;

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QLabel* wrappingLabel(const char* name)
{
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText); // it holds names from files
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QPushButton* button(const QString& words, const char* name)
{
    auto* made = new QPushButton(words);
    made->setObjectName(QLatin1String(name));
    made->setAutoDefault(false);
    return made;
}

} // namespace

ModelDialog::ModelDialog(ModelStore& store, QWidget* parent) : QDialog(parent), store_(store)
{
    setWindowTitle(tr("Models"));
    resize(firstSize);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(24, 24, 24, 16);
    rows->setSpacing(12);
    buildList(*rows);
    buildImport(*rows);
    message_ = wrappingLabel("message");
    rows->addWidget(message_);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    rows->addWidget(buttons);
    connectStore();
    store_.refresh();
    refreshImport();
    say({});
}

void ModelDialog::buildList(QVBoxLayout& rows)
{
    list_ = new QTreeWidget;
    list_->setObjectName(QStringLiteral("models"));
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->setAccessibleName(tr("Models"));
    list_->setHeaderLabels(
        {tr("Model"), tr("Method"), tr("Size"), tr("Precision"), tr("Memory"), tr("State")});
    list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list_->header()->setStretchLastSection(false);
    rows.addWidget(list_, 1);
    details_ = wrappingLabel("details");
    details_->setProperty("role", QStringLiteral("caption"));
    rows.addWidget(details_);
    use_ = button(tr("Use for Its Method"), "use");
    remove_ = button(tr("Remove …"), "remove");
    auto* line = new QHBoxLayout;
    line->addWidget(use_);
    line->addWidget(remove_);
    line->addStretch(1);
    rows.addLayout(line);
    connect(list_, &QTreeWidget::currentItemChanged, this, &ModelDialog::refreshSelection);
    connect(use_, &QPushButton::clicked, this, &ModelDialog::useSelected);
    connect(remove_, &QPushButton::clicked, this, &ModelDialog::removeSelected);
}

void ModelDialog::buildImport(QVBoxLayout& rows)
{
    rows.addWidget(headingLabel(tr("Import a file of weights")));
    precision_ = new QComboBox;
    precision_->setObjectName(QStringLiteral("precision"));
    precision_->addItem(tr("Keep the numbers as they are"),
                        static_cast<int>(ImportPrecision::Keep));
    precision_->addItem(tr("Half precision (fp16)"), static_cast<int>(ImportPrecision::Fp16));
    precision_->addItem(tr("Half precision (bf16)"), static_cast<int>(ImportPrecision::Bf16));
    precision_->setAccessibleName(tr("Precision"));
    import_ = button(tr("Import …"), "import");
    stage_ = new QLabel;
    stage_->setTextFormat(Qt::PlainText);
    progress_ = new QProgressBar;
    progress_->setTextVisible(false);
    cancel_ = button(tr("Cancel Import"), "cancelImport");
    auto* line = new QHBoxLayout;
    line->addWidget(import_);
    line->addWidget(precision_);
    line->addWidget(stage_);
    line->addWidget(progress_, 1);
    line->addWidget(cancel_);
    line->addStretch(0);
    rows.addLayout(line);
    connect(import_, &QPushButton::clicked, this, &ModelDialog::chooseFile);
    connect(cancel_, &QPushButton::clicked, &store_, &ModelStore::cancelImport);
}

void ModelDialog::connectStore()
{
    connect(&store_, &ModelStore::changed, this, &ModelDialog::refreshList);
    connect(&store_, &ModelStore::importChanged, this, &ModelDialog::refreshImport);
    connect(&store_, &ModelStore::imported, this,
            [this](const checkpoint::ImportReport& report) { say(importedText(report)); });
    const auto complain = [this](const ErrorText& words) {
        say(words.reason + u' ' + words.advice(), /*isProblem=*/true);
    };
    connect(&store_, &ModelStore::importFailed, this,
            [complain](const Error& error) { complain(describeImport(error)); });
    connect(&store_, &ModelStore::removeFailed, this,
            [complain](const Error& error) { complain(describe(error)); });
}

void ModelDialog::refreshList()
{
    const auto* current = list_->currentItem();
    const QString kept = current ? current->data(0, idRole).toString() : QString();
    list_->clear();
    for (const auto& model : store_.models()) {
        const auto& entry = model.entry;
        const bool isInUse = store_.inUse(entry.method) == entry.id;
        const QString name = isInUse ? tr("%1 (in use)").arg(text(entry.id)) : text(entry.id);
        const QString state = stateText(model.state);
        auto* item =
            new QTreeWidgetItem(list_, {name, methodText(entry.method).name, byteText(entry.bytes),
                                        text(entry.precision), memoryText(entry), state});
        item->setData(0, idRole, text(entry.id));
        if (text(entry.id) == kept)
            list_->setCurrentItem(item);
    }
    if (!list_->currentItem())
        list_->setCurrentItem(list_->topLevelItem(0));
    for (int column = 1; column < list_->columnCount(); ++column) {
        list_->resizeColumnToContents(column);
        list_->setColumnWidth(column, list_->columnWidth(column) + columnSpace);
    }
    refreshSelection();
}

void ModelDialog::refreshSelection()
{
    const auto* model = selected();
    const bool isUsable = model && model->state == checkpoint::ModelState::Installed;
    use_->setEnabled(isUsable && store_.inUse(model->entry.method) != model->entry.id);
    remove_->setEnabled(model && model->isImported && !store_.importing());
    details_->setText(model ? detailText(*model) : tr("There are no models."));
}

void ModelDialog::refreshImport()
{
    const auto* state = store_.importing();
    import_->setVisible(!state);
    import_->setEnabled(store_.canImport());
    precision_->setVisible(!state);
    stage_->setVisible(state);
    progress_->setVisible(state);
    cancel_->setVisible(state);
    refreshSelection();
    if (!state)
        return;
    stage_->setText(
        state->cancelling
            ? tr("Cancelling …")
            : tr("%1: %2 …").arg(fileName(state->source), importStageText(state->stage)));
    progress_->setValue(state->percent);
    cancel_->setEnabled(!state->cancelling);
}

void ModelDialog::chooseFile()
{
    say({});
    auto* dialog = new QFileDialog(this, tr("Import a file of weights"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Weights (%1)").arg(QStringLiteral("*.safetensors *.pth *.pt *.ckpt")),
         tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        store_.import(toPath(file),
                      static_cast<ImportPrecision>(precision_->currentData().toInt()));
    });
    dialog->open();
}

void ModelDialog::useSelected()
{
    if (const auto* model = selected())
        store_.choose(model->entry.method, model->entry.id);
}

void ModelDialog::removeSelected()
{
    const auto* model = selected();
    if (!model)
        return;
    ask(*this,
        {.text = tr("Remove the model %1?").arg(text(model->entry.id)),
         .advice = tr("Its %1 are deleted. The file it was imported from stays.")
                       .arg(byteText(model->entry.bytes)),
         .proceed = tr("Remove"),
         .stay = tr("Keep")},
        [this, id = model->entry.id] { store_.remove(id); });
}

void ModelDialog::say(const QString& words, bool isProblem)
{
    message_->setProperty("role", isProblem ? QStringLiteral("problem") : QString());
    message_->style()->unpolish(message_);
    message_->style()->polish(message_);
    message_->setText(words);
    message_->setVisible(!words.isEmpty());
}

const InstalledModel* ModelDialog::selected() const
{
    const auto* item = list_->currentItem();
    const int row = item ? list_->indexOfTopLevelItem(const_cast<QTreeWidgetItem*>(item)) : -1;
    const auto& models = store_.models();
    return row >= 0 && static_cast<std::size_t>(row) < models.size()
               ? &models[static_cast<std::size_t>(row)]
               : nullptr;
}

QString ModelDialog::detailText(const InstalledModel& model) const
{
    const auto& entry = model.entry;
    const QString license = entry.license.empty() ? tr("not stated") : text(entry.license);
    QString words = tr("Licence: %1. Checksum (SHA-256): %2 …")
                        .arg(license, text(entry.sha256.substr(0, shortHash)));
    if (!entry.importedFrom.empty())
        words += u'\n' + tr("Imported from “%1”.").arg(text(entry.importedFrom));
    return words;
}

} // namespace limpid::ui
