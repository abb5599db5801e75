// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/export_dialog.h"

#include "ui/panels/slider_row.h"
#include "ui/state/file_path.h"
#include "ui/state/format_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <array>

namespace limpid::ui {

namespace {

constexpr int dialogWidth = 560;
constexpr std::array formats{image::FileFormat::Jpeg, image::FileFormat::Png,
                             image::FileFormat::Tiff, image::FileFormat::WebP};
constexpr std::array levels{image::MetadataLevel::All, image::MetadataLevel::NoLocation,
                            image::MetadataLevel::Basic, image::MetadataLevel::None};
constexpr std::array depths{image::SampleDepth::U8, image::SampleDepth::U16};

bool hasQuality(image::FileFormat format)
{
    return format == image::FileFormat::Jpeg || format == image::FileFormat::WebP;
}

QLabel* plainLabel(const QString& role, const QString& name)
{
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setProperty("role", role);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ExportDialog::ExportDialog(const image::Photo& photo, Settings& settings, QWidget* parent)
    : QDialog(parent), plan_(photo), settings_(settings)
{
    setWindowTitle(tr("Export"));
    setMinimumWidth(dialogWidth);
    plan_.setQuality(settings_.exportQuality());
    plan_.setMetadata(settings_.exportMetadata());
    plan_.setStatesAi(settings_.exportStatesAi());
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(24, 24, 24, 16);
    rows->setSpacing(16);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(12);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
    buildTarget(*form);
    buildFormat(*form);
    buildMetadata(*form);
    buildNotes(*form);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    export_ = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    export_->setObjectName(QStringLiteral("export"));
    export_->setProperty("role", QStringLiteral("primary"));
    export_->setDefault(true);
    rows->addLayout(form);
    rows->addStretch();
    rows->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
    name_->setFocus();
}

void ExportDialog::buildTarget(QFormLayout& form)
{
    name_ = new QLineEdit(plan_.name());
    name_->setObjectName(QStringLiteral("name"));
    name_->setSelection(0, static_cast<int>(plan_.name().lastIndexOf(u'.')));
    folder_ = new QLineEdit(QDir::toNativeSeparators(plan_.folder()));
    folder_->setObjectName(QStringLiteral("folder"));
    auto* choose = new QPushButton(tr("Choose …"));
    choose->setAutoDefault(false);
    auto* label = new QLabel(tr("F&older"));
    label->setBuddy(folder_);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(folder_, 1);
    line->addWidget(choose);
    form.addRow(tr("&Name"), name_);
    form.addRow(label, line);
    connect(name_, &QLineEdit::textEdited, this, [this](const QString& text) {
        plan_.setName(text);
        refresh();
    });
    connect(folder_, &QLineEdit::textChanged, this, [this](const QString& text) {
        plan_.setFolder(QDir::fromNativeSeparators(text));
        refresh();
    });
    connect(choose, &QPushButton::clicked, this, &ExportDialog::chooseFolder);
}

void ExportDialog::buildFormat(QFormLayout& form)
{
    format_ = new QComboBox;
    format_->setObjectName(QStringLiteral("format"));
    for (const auto format : formats)
        format_->addItem(formatName(format));
    quality_ = new SliderRow(tr("Quality"));
    quality_->setObjectName(QStringLiteral("quality"));
    quality_->setRange(
        {.minimum = 1, .maximum = 100, .step = 1, .defaultValue = 95, .decimals = 0});
    quality_->setCaptions(tr("smaller file"), tr("better picture"));
    quality_->setValue(plan_.options().quality);
    depth_ = new QComboBox;
    depth_->setObjectName(QStringLiteral("depth"));
    depth_->addItem(tr("8 bits per channel"));
    depth_->addItem(tr("16 bits per channel"));
    form.addRow(tr("&Format"), format_);
    form.addRow(QString(), quality_);
    form.addRow(tr("&Depth"), depth_);
    connect(format_, &QComboBox::activated, this, [this](int index) {
        plan_.setFormat(formats.at(static_cast<std::size_t>(index)));
        refresh();
    });
    connect(depth_, &QComboBox::activated, this, [this](int index) {
        plan_.setDepth(depths.at(static_cast<std::size_t>(index)));
        refresh();
    });
    connect(quality_, &SliderRow::valueChanged, this,
            [this](double quality) { plan_.setQuality(static_cast<int>(quality)); });
}

void ExportDialog::buildMetadata(QFormLayout& form)
{
    metadata_ = new QComboBox;
    metadata_->setObjectName(QStringLiteral("metadata"));
    for (const auto level : levels)
        metadata_->addItem(metadataName(level));
    const auto at = std::ranges::find(levels, plan_.options().metadata) - levels.begin();
    metadata_->setCurrentIndex(static_cast<int>(at));
    statesAi_ = new QCheckBox(tr("State that AI was &used"));
    statesAi_->setObjectName(QStringLiteral("statesAi"));
    statesAi_->setChecked(plan_.options().statesProvenance);
    statesAi_->setToolTip(
        tr("Writes into the file’s XMP that a trained network took part (IPTC’s digital source "
           "type), and how: method, model, steps, seed, strength, region, and the version of "
           "Limpid. It is written whatever else of the metadata goes with the file."));
    form.addRow(tr("&Metadata"), metadata_);
    form.addRow(QString(), statesAi_);
    connect(metadata_, &QComboBox::activated, this, [this](int index) {
        plan_.setMetadata(levels.at(static_cast<std::size_t>(index)));
        refresh();
    });
    connect(statesAi_, &QCheckBox::toggled, this, [this](bool states) {
        plan_.setStatesAi(states);
        refresh();
    });
}

void ExportDialog::buildNotes(QFormLayout& form)
{
    picture_ = plainLabel(QStringLiteral("caption"), QStringLiteral("picture"));
    picture_->hide();
    example_ = plainLabel(QStringLiteral("caption"), QStringLiteral("example"));
    problem_ = plainLabel(QStringLiteral("problem"), QStringLiteral("problem"));
    losses_ = plainLabel(QStringLiteral("caption"), QStringLiteral("losses"));
    auto* notes = new QWidget;
    notes->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* lines = new QVBoxLayout(notes);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(8);
    lines->addWidget(picture_);
    lines->addWidget(problem_);
    lines->addWidget(example_);
    lines->addWidget(losses_);
    form.addRow(QString(), notes);
}

void ExportDialog::setPictureNote(const QString& note)
{
    picture_->setText(note);
    picture_->setVisible(!note.isEmpty());
}

void ExportDialog::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Choose a folder"), plan_.folder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& folder) { folder_->setText(QDir::toNativeSeparators(folder)); });
    dialog->open();
}

void ExportDialog::refresh()
{
    mayReplace_ = false;
    const auto format = plan_.options().format;
    const auto at = std::ranges::find(formats, format) - formats.begin();
    format_->setCurrentIndex(static_cast<int>(at));
    depth_->setCurrentIndex(plan_.options().depth == image::SampleDepth::U16 ? 1 : 0);
    quality_->setVisible(hasQuality(format));
    depth_->setEnabled(!hasQuality(format));
    if (name_->text() != plan_.name())
        name_->setText(plan_.name());

    const QString obstacle = obstacleText();
    problem_->setText(obstacle);
    problem_->setVisible(!obstacle.isEmpty());
    example_->setVisible(obstacle.isEmpty());
    example_->setText(tr("Writes %1").arg(QDir::toNativeSeparators(toText(plan_.target()))));
    losses_->setText(lossesText());
    export_->setEnabled(obstacle.isEmpty());
    export_->setText(tr("Export"));
}

QString ExportDialog::obstacleText() const
{
    switch (plan_.obstacle()) {
    case ExportObstacle::None: return {};
    case ExportObstacle::NoName: return tr("Type a name for the file.");
    case ExportObstacle::NameIsAPath: return tr("The name must not contain a slash.");
    case ExportObstacle::FolderMissing: return tr("This folder does not exist.");
    case ExportObstacle::IsTheSource:
        return tr("This is the photo you opened. Limpid never writes over an original: choose "
                  "another name or folder.");
    case ExportObstacle::TooLargeForFormat:
        return tr("%1 holds at most %2 pixels per side. Choose another format.")
            .arg(formatName(plan_.options().format))
            .arg(image::longestSide(plan_.options().format).value_or(0));
    }
    return {};
}

QString ExportDialog::lossesText() const
{
    QStringList lines;
    for (const auto loss : plan_.losses())
        lines << lossText(loss);
    const auto level = plan_.options().metadata;
    if (lines.isEmpty() || level != image::MetadataLevel::All)
        lines.prepend(metadataText(level));
    if (plan_.options().statesProvenance)
        lines << tr("The file says that AI was used, and how.");
    return lines.join(u'\n');
}

void ExportDialog::accept()
{
    if (plan_.obstacle() != ExportObstacle::None)
        return;
    if (plan_.targetExists() && !mayReplace_) {
        mayReplace_ = true; // asked once; any change asks again
        problem_->setText(tr("%1 exists already. Replace it?").arg(fileName(plan_.target())));
        problem_->show();
        example_->hide();
        export_->setText(tr("Replace"));
        return;
    }
    settings_.setExportQuality(plan_.options().quality);
    settings_.setExportMetadata(plan_.options().metadata);
    settings_.setExportStatesAi(plan_.options().statesProvenance);
    QDialog::accept();
}

} // namespace limpid::ui
