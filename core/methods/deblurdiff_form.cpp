// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff_form.h"

#include "core/methods/compact_form.h"
#include "core/methods/published_form.h"

namespace limpid::methods {

const DeblurDiffForm& formOf(const networks::DeblurDiffConfig& config)
{
    static const PublishedForm published;
    static const CompactForm compact;
    if (config.form == networks::LatentForm::Compact)
        return compact;
    return published;
}

} // namespace limpid::methods
