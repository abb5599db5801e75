// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/limit_rules.h"

#include "tests/architecture/cpp_functions.h"
#include "tests/architecture/cpp_tokens.h"

#include <algorithm>
#include <cctype>

namespace limpid::tests {

namespace {

int lineCount(const std::string& text)
{
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

std::string exceeds(const std::string& what, int found, int most)
{
    return what + ": " + std::to_string(found) + ", at most " + std::to_string(most);
}

/// `TODO(#12)` and nothing looser.
bool hasIssueNumber(std::string_view afterTodo)
{
    return afterTodo.starts_with("(#") && afterTodo.size() > 3 &&
           std::isdigit(static_cast<unsigned char>(afterTodo[2])) != 0;
}

void checkComment(const SourceFile& source, const Comment& comment,
                  std::vector<Violation>& violations)
{
    for (const std::string_view word : {"TODO", "FIXME", "XXX"}) {
        const std::size_t found = comment.text.find(word);
        if (found == std::string_view::npos)
            continue;
        if (word != "TODO" || !hasIssueNumber(comment.text.substr(found + word.size())))
            violations.push_back(
                {source.path, comment.line, "an open end needs its issue: TODO(#123)"});
    }
}

void checkFunction(const SourceFile& source, const FunctionBody& body,
                   std::vector<Violation>& violations)
{
    const auto demand = [&](const std::string& what, int found, int most) {
        if (found > most)
            violations.push_back(
                {source.path, body.line, exceeds(what + " of " + body.name, found, most)});
    };
    demand("lines", body.lines, maxFunctionLines);
    demand("parameters", body.parameters, maxParameters);
    demand("nesting", body.nesting, maxNesting);
}

/// The value that `percent` of all do not exceed; 0 of none.
int percentile(std::vector<int> values, std::size_t percent)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[(values.size() - 1) * percent / 100];
}

} // namespace

std::vector<Violation> checkLimits(const SourceFile& source)
{
    std::vector<Violation> violations;
    const int lines = lineCount(source.text);
    const int most = source.isHeader() ? maxHeaderLines : maxCppLines;
    if (lines > most)
        violations.push_back({source.path, most + 1, exceeds("lines of file", lines, most)});
    const ScannedCpp scanned = scanCpp(source.text);
    for (const Comment& comment : scanned.comments)
        checkComment(source, comment, violations);
    for (const FunctionBody& body : findFunctions(scanned.tokens))
        checkFunction(source, body, violations);
    return violations;
}

Spread spreadOf(const std::vector<SourceFile>& sources)
{
    std::vector<int> cpp;
    std::vector<int> headers;
    std::vector<int> functions;
    for (const SourceFile& source : sources) {
        if (source.isCMake())
            continue;
        (source.isHeader() ? headers : cpp).push_back(lineCount(source.text));
        for (const FunctionBody& body : findFunctions(scanCpp(source.text).tokens))
            functions.push_back(body.lines);
    }
    return {.medianCppLines = percentile(cpp, 50),
            .medianHeaderLines = percentile(headers, 50),
            .medianFunctionLines = percentile(functions, 50),
            .functionLines95 = percentile(functions, 95)};
}

} // namespace limpid::tests
