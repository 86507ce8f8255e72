// The frame of every main(): runs the tool, writes its errors to standard error, and turns
// them into the exit status.
#pragma once

#include <functional>
#include <string_view>

// `body` returns the exit status. SIGPIPE is ignored while it runs: a write to a closed pipe
// throws ReaderGone, which ends the tool quietly.
int run_tool(std::string_view name, const std::function<int()>& body);
