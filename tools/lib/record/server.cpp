#include "record/server.hpp"

COMPILE_RECORD(Server);
