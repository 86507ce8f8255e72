// What reads and writes each record, compiled here and nowhere else.
#include "record/annotation.hpp"
#include "record/join.hpp"
#include "record/language.hpp"
#include "record/lexicon_entry.hpp"
#include "record/listing_end.hpp"
#include "record/near_miss.hpp"
#include "record/page.hpp"
#include "record/reason.hpp"
#include "record/room.hpp"
#include "record/run.hpp"
#include "record/selection.hpp"
#include "record/server.hpp"
#include "record/source.hpp"
#include "record/tag.hpp"

COMPILE_RECORD(Annotation);
COMPILE_RECORD(Join);
COMPILE_RECORD(LanguageName);
COMPILE_RECORD(LexiconEntry);
COMPILE_RECORD(ListingEnd);
COMPILE_RECORD(NearMiss);
COMPILE_RECORD(Page);
COMPILE_RECORD(Probe);
COMPILE_RECORD(ReasonText);
COMPILE_RECORD(Room);
COMPILE_RECORD(Run);
COMPILE_RECORD(Selection);
COMPILE_RECORD(Server);
COMPILE_RECORD(Source);
COMPILE_RECORD(TagWord);

Room::Room() = default;
Room::Room(const Room&) = default;
Room::Room(Room&&) noexcept = default;
Room& Room::operator=(const Room&) = default;
Room& Room::operator=(Room&&) noexcept = default;
Room::~Room() = default;

Server::Server() = default;
Server::Server(const Server&) = default;
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(const Server&) = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;
