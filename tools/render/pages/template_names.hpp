// Every name that a template may ask for (sites/README.md tells what they are);
// a test holds the two against each other.
#pragma once

inline constexpr const char* kTemplateNames[] = {
    // every page
    "root", "home", "path", "site_url", "site_host", "contact", "contact_text", "canonical", "lang",
    "dir", "translations", "name", "href", "url", "current", "generated_at", "generated_day",
    "generated_text", "stale_after", "assets", "count", "communities", "adult", "servers",
    "servers_up", "known", "answered", "proven", "new", "languages", "tags", "weekly_users",
    "hidden", "code", "english", "flag", "feed_atom", "feed_json", "tag", "structured_json",
    // a Community
    "community", "identifier", "token", "description", "page", "page_url", "join_url",
    "preview_url", "qr", "qr_size", "badge", "badge_url", "active_users", "active_days",
    "staff_count", "tag_line", "by_owner", "by_curator", "by_source", "detected", "server", "id",
    "host", "base_url", "public_key", "mark_svg", "https", "unproven", "refuted", "legacy",
    "pinned", "official", "returned", "read_only", "no_uploads", "test", "staffed", "not_joinable",
    "not_joinable_reason", "not_joinable_text", "not_seen_since", "created_day", "first_seen",
    "first_seen_day", "last_seen", "last_seen_day", "returned_day", "rank", "found_on", "source",
    "label", "since_day", "aliases", "proven_day", "older", "cipher", "users", "day", "weekly",
    "users_svg", "users_least", "users_most", "users_first_day", "users_last_day", "measured",
    "uptime_7", "measured_day", "uptime_30", "neighbours",
    // lists
    "page_number", "page_count", "pages", "number", "previous", "next", "rows", "language",
    "tag_name", "adult_count", "outcome", "asked_at", "asked_day", "capabilities", "copy_of",
    // the others
    "outcomes", "states", "state", "share", "sources", "silent", "silent_more", "charts",
    "chart_svg", "first_day", "last_day", "least", "most", "last", "points", "at", "value",
    "reasons", "reason", "text", "foreign", "feed_url", "feed_updated", "feed_id", "entries",
    "entry_id", "event", "event_at", "paths", "changed_day", "sitemaps"};
