// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QAction;
class QVBoxLayout;

namespace limpid::ui {

/// What the window shows while no photo is open: how to begin.
class WelcomePanel : public QWidget {
    Q_OBJECT
public:
    /// `hasSample`: offer the sample photo.
    WelcomePanel(QAction& open, bool hasSample, QWidget* parent = nullptr);

    void setRecentFiles(const QStringList& files);
    /// A photo is being opened: say so instead of inviting.
    void setBusyWith(const QString& fileName);

Q_SIGNALS:
    void sampleRequested();
    void fileRequested(const QString& path);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    void buildInvitation(QVBoxLayout& column, QAction& open, bool hasSample);

    QWidget* invitation_ = nullptr;
    QWidget* mark_ = nullptr;
    QWidget* busy_ = nullptr;
    QWidget* recent_ = nullptr;
    QVBoxLayout* recentRows_ = nullptr;
};

} // namespace limpid::ui
