// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_validators.h"

#include <filesystem>
#include <string>
#include <system_error>

namespace limpid::app {

namespace {

bool namesDevice(const std::string& text)
{
    const std::string numbered = "cuda:";
    if (!text.starts_with(numbered))
        return text == "cpu" || text == "cuda";
    const auto number = text.substr(numbered.size());
    return number.size() == 1 && number >= "0" && number <= "9";
}

} // namespace

CLI::Validator deviceName()
{
    return {[](std::string& text) {
                return namesDevice(text) ? std::string()
                                         : "'" + text + "' is not a device: cpu, cuda or cuda:0";
            },
            "(cpu, cuda, cuda:0)"};
}

CLI::Validator noFolder()
{
    return {[](std::string& text) {
                std::error_code ignored; // what cannot be looked at shows when it is opened
                if (!std::filesystem::is_directory(text, ignored))
                    return std::string();
                return "'" + text + "' is a folder; make a cache of it with 'limpid-train cache " +
                       text + " photos.safetensors', and name that file";
            },
            ""};
}

} // namespace limpid::app
