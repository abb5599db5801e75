// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/sample.h"

#include <map>
#include <string>
#include <vector>

namespace limpid::evaluation {

/// A mean and how sure it is.
struct Interval {
    double mean = 0.0;
    double half = 0.0; ///< 95 %: mean ± this (Student's t). NaN when there is but one value.
};

/// Of at least one value.
Interval intervalOf(const std::vector<double>& values);

/// A contender over the pictures of a group. Each photograph counts once, with the mean over its
/// pictures: pictures of one photograph are not independent.
struct Summary {
    std::string group;
    std::string contender;
    int photos = 0;
    int pictures = 0;
    std::map<std::string, Interval> input; ///< By the id of the measure.
    std::map<std::string, Interval> output;
    std::map<std::string, Interval> gain; ///< Output less input, where both have the figure.
};

/// Groups and contenders in the order in which they first occur. `key`: the member that names the
/// group, such as &Sample::severity.
std::vector<Summary> summarized(const std::vector<Sample>& samples, std::string Sample::*key);

/// Without those that nothing blurred: in groups by kind of blur or by finish they would hide what
/// the others gain.
std::vector<Sample> blurredOnly(std::vector<Sample> samples);

/// The input was the truth itself: there is nothing to gain, only to lose.
bool hadNothingToGain(const Summary& summary);

} // namespace limpid::evaluation
