// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/file_flow.h"
#include "ui/state/work_keeper.h"

#include <QObject>

#include <optional>

namespace limpid::ui {

/// Offers to bring back what a program that ended unexpectedly had restored, and does: opens the
/// photo again, lays the results onto it and sets the settings to those of the newest. Declined
/// work, and what cannot be read just now, is offered again at the next start.
class WorkRescue : public QObject {
    Q_OBJECT
public:
    /// All references outlive it.
    WorkRescue(Document& document, FileFlow& files, WorkKeeper& keeper, QObject* parent);

    /// Says something only where there is work to bring back, and once more over the first photo
    /// that is opened without an answer.
    void offer();

Q_SIGNALS:
    void said(const limpid::ui::Message& message);

private:
    struct Offer {
        std::filesystem::path file;
        std::filesystem::path photo;
        bool isAccepted = false; ///< Its photo is being opened.
        bool isRepeated = false;
    };

    void say();
    void accept();
    void followOpened();
    void layOntoPhoto(const Offer& offer);
    void sayWhyNot(const Error& error);

    Document& document_;
    FileFlow& files_;
    WorkKeeper& keeper_;
    std::optional<Offer> offer_;
};

} // namespace limpid::ui
