// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/photo_exporter.h"

#include "core/region/blend.h"
#include "ui/state/in_background.h"

namespace limpid::ui {

namespace {

Result<void> perform(const ExportOrder& order)
{
    const auto pixels =
        region::compositeSamples(order.photo, layersOf(order.restoration), order.strength);
    return image::writePhoto(pixels, order.photo, order.target, order.options);
}

} // namespace

void PhotoExporter::write(const ExportOrder& order)
{
    if (busy_)
        return;
    setBusy(true);
    const auto target = order.target;
    inBackground(
        this, [order] { return perform(order); },
        [this, target](const Result<void>& result) {
            setBusy(false);
            if (result)
                Q_EMIT written(target);
            else
                Q_EMIT failed(result.error());
        });
}

void PhotoExporter::setBusy(bool busy)
{
    busy_ = busy;
    Q_EMIT busyChanged();
}

} // namespace limpid::ui
