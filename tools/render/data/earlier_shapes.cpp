#include "data/earlier_shapes.hpp"

#include "data/members.hpp"

namespace {

// A room in the shape of the listings before this one: the API's names and units.
// Their readers expect lists of staff; ours are empty.
Members room_of(const Community& community) {
  const auto or_null = [](const std::optional<std::int64_t>& value) {
    return value ? Json::integer(*value) : Json{};
  };
  const auto access = [](const std::optional<bool>& value) {
    return value ? Json{*value} : Json{};
  };
  Members out;
  out.add("token", Json{community.token});
  out.add("name", Json{community.name});
  out.add("description", Json{community.description});
  out.add("active_users", or_null(community.active_users));
  out.add("active_users_cutoff", or_null(community.active_users_cutoff));
  out.add("admins", Json{Json::Array{}});
  out.add("moderators", Json{Json::Array{}});
  out.add("created", or_null(community.created));
  out.add("image_id", or_null(community.image_id));
  out.add("info_updates", or_null(community.info_updates));
  out.add("message_sequence", or_null(community.message_sequence));
  out.add("read", access(community.read));
  out.add("write", access(community.write));
  out.add("upload", access(community.upload));
  return out;
}

std::string flag_of(const Views& views, const Community& community) {
  if (community.languages.empty()) return {};
  const LanguageName* name = views.knowledge().language(community.languages[0].code);
  return name ? name->flag.value_or("") : "";
}

}  // namespace

Json::Object shaped_tag(const std::string& text, const char* type) {
  return {{"text", Json{text}}, {"type", Json{type}}};
}

Json servers_room(const Views& views, const Community& community) {
  Members out = room_of(community);
  Json::Array tags;
  const auto tag = [&](const std::string& text, const char* type) {
    tags.emplace_back(shaped_tag(text, type));
  };
  for (const auto& [text, holds] : {std::pair{"official", community.official.holds},
                                    {"pinned", community.pinned.holds},
                                    {"nsfw", community.adult.holds},
                                    {"moderated", community.staffed},
                                    {"read-only", community.read_only},
                                    {"no uploads", community.no_uploads},
                                    {"new", community.is_new},
                                    {"test", community.test.holds}})
    if (holds) tag(text, "reserved");
  for (const Tag& said : community.tags) tag(said.text, "user");
  out.add("tags", Json{std::move(tags)});
  out.add("language_flag", Json{flag_of(views, community)});
  out.add("identifier", Json{community.identifier});
  out.add("join_url", Json{community.join_url});
  return out.take();
}

Json listing_room(const Views& views, const Community& community) {
  Members extra;
  extra.add("join_url", Json{community.join_url});
  extra.add("language_flag", Json{flag_of(views, community)});
  extra.add("tags", texts(community.tags));
  extra.add("identifier", Json{community.identifier});
  return Json{Json::Object{{"room", room_of(community).take()}, {"room_extra", extra.take()}}};
}
