#include "model/site_model.hpp"

#include "model/pack.hpp"

ListedServer SiteModel::server(Spool::Slot slot) const {
  SpoolReader reader{server_texts};
  std::string_view in = reader.read(slot);
  ListedServer listed;
  unpack(in, listed);
  return listed;
}

bool SiteModel::is_news(UnixTime first_seen) const {
  return began == 0 || first_seen > began + kDay;
}

const Community& CommunityReader::read(Spool::Slot slot) {
  std::string_view in = reader_.read(slot);
  unpack(in, community_);
  return finished();
}

const Community& CommunityReader::read_row(Spool::Slot slot) {
  std::string_view in = reader_.read(slot);
  Community::each_row_field(community_, [&in](auto& field) { unpack(in, field); });
  return finished();
}

const Community& CommunityReader::finished() {
  Community& community = community_;
  if (community.is_new) {
    const auto seen = parse_rfc3339(community.first_seen);
    community.is_new = !seen || model_.is_news(*seen);
  }
  const auto copy = model_.copies.find(community.server.id);
  const bool is_copy = copy != model_.copies.end();
  community.copy_of = is_copy ? copy->second.id : "";
  community.copy_of_host = is_copy ? copy->second.host : "";
  if (is_copy) community.official.holds = false;
  const auto imitation = model_.imitations.find(community.identifier);
  const bool imitates = imitation != model_.imitations.end();
  community.not_same_as = imitates ? imitation->second.identifier : "";
  community.not_same_as_name = imitates ? imitation->second.name : "";
  return community;
}
