// Names that every template may use (described in sites/README.md); names for one kind of page are
// in its PageKind. A test compares all of them with README.md.
#pragma once

inline constexpr const char* kCommonNames[] = {
    // every page
    "root", "home", "path", "site_url", "site_host", "contact", "contact_text", "canonical", "lang",
    "dir", "alternates", "name", "href", "url", "current", "generated_at", "generated_day",
    "generated_text", "stale_after", "assets", "count", "communities", "adult", "servers",
    "servers_up", "servers_text", "known", "answered", "never_answered", "proven", "new",
    "languages", "tags", "weekly_users", "hidden", "code", "english", "flag", "feed_atom",
    "feed_json", "tag", "structured_json", "silent", "top_topics", "has_languages", "has_tags",
    "has_adult", "hint",
    // a Community
    "community", "identifier", "token", "face", "hue", "description", "long_text", "page",
    "page_url", "join_url", "preview_url", "qr", "badge", "badge_url", "weekly_text",
    "active_users", "active_days", "staff_count", "tag_line", "by_owner", "by_curator", "by_source",
    "detected", "server", "id", "host", "domain", "base_url", "public_key", "mark_svg", "https",
    "unproven", "refuted", "legacy", "pinned", "official", "returned", "read_only", "no_uploads",
    "test", "read", "no_read", "write", "upload", "activity", "activity_text", "activity_7",
    "activity_30", "last_activity_day", "quiet_for", "not_joinable", "adult_said", "adult_word",
    "topics", "topic", "not_joinable_reason", "not_joinable_text", "not_seen_since", "created_day",
    "first_seen", "first_seen_day", "last_seen", "last_seen_day", "returned_day", "rank", "copy_of",
    "not_same_as", "chip", "tone", "of",
    // a Community or a server
    "found_on", "source", "label", "since_day", "aliases", "proven_day", "cipher", "measured",
    "uptime_7", "measured_day", "uptime_30", "adult_count", "outcome", "day", "weekly",
    // lists
    "page_number", "page_count", "pages", "number", "previous", "next", "rows", "language",
    "is_list", "is_all", "one_row", "many_rows", "scope"};
