// The hosts of a server: those that its links had, and those that its key holder named in a proof.
// What people say of one of them is said of the server (render's annotations), so the set only
// grows.
#pragma once

#include "base/time.hpp"
#include "record/server.hpp"

// Adds the host that the previous, published listing printed to the printed hosts of the server and
// of its observations. Not if it only stands in for the host that the key holder names. `grace`:
// seconds for which a silent address is still printed. Returns false if nothing changes.
bool enter_printed_host(Server& server, UnixTime grace);
