#include "cli/run_tool.hpp"
#include "render.hpp"

int main(int argc, char** argv) {
  return run_tool("render", [&] { return render(read_render_options(argc, argv)); });
}
