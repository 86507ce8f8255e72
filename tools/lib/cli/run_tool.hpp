// The frame of every main(): runs the tool, tells its errors on standard
// error, and turns them into the exit status that Make understands.
#pragma once

#include <functional>
#include <string_view>

// `body` returns the exit status. SIGPIPE is ignored while it runs: a writer
// that meets a closed pipe throws ReaderGone, which is a quiet end.
int run_tool(std::string_view name, const std::function<int()>& body);
