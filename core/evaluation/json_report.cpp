// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/report.h"

#include <nlohmann/json.hpp>

namespace limpid::evaluation {

namespace {

using nlohmann::ordered_json;

ordered_json asJson(const std::map<std::string, Interval>& intervals)
{
    ordered_json object = ordered_json::object();
    for (const auto& [id, interval] : intervals)
        object[id] = {{"mean", interval.mean}, {"half95", interval.half}}; // NaN becomes null
    return object;
}

void addGroups(ordered_json& groups, const char* by, const std::vector<Summary>& summaries)
{
    for (const auto& summary : summaries)
        groups.push_back({{"by", by},
                          {"group", summary.group},
                          {"contender", summary.contender},
                          {"photos", summary.photos},
                          {"pictures", summary.pictures},
                          {"input", asJson(summary.input)},
                          {"output", asJson(summary.output)},
                          {"gain", asJson(summary.gain)}});
}

ordered_json asJson(const Sample& sample)
{
    ordered_json object{{"contender", sample.contender}, {"photo", sample.photo},
                        {"class", sample.severity},      {"blur", sample.blur},
                        {"finish", sample.finish},       {"input", sample.input},
                        {"output", sample.output}};
    if (!sample.failure.empty())
        object["failure"] = sample.failure;
    return object;
}

} // namespace

std::string asJson(const Report& report)
{
    ordered_json root{{"schema", 1}, {"title", report.title}};
    root["settings"] = ordered_json::object();
    for (const auto& [name, value] : report.settings)
        root["settings"][name] = value;
    root["measures"] = ordered_json::array();
    for (const auto& measure : measures())
        root["measures"].push_back(measure.id);
    root["groups"] = ordered_json::array();
    addGroups(root["groups"], "class", summarized(report.samples, &Sample::severity));
    const auto blurred = blurredOnly(report.samples);
    addGroups(root["groups"], "blur", summarized(blurred, &Sample::blur));
    addGroups(root["groups"], "finish", summarized(blurred, &Sample::finish));
    root["samples"] = ordered_json::array();
    for (const auto& sample : report.samples)
        root["samples"].push_back(asJson(sample));
    root["left_out"] = ordered_json::array();
    for (const auto& [photo, reason] : report.leftOut)
        root["left_out"].push_back({{"photo", photo}, {"reason", reason}});
    // A file name that is not UTF-8 must not end the report.
    return root.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace limpid::evaluation
