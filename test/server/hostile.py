"""Rooms whose fields are meant to do harm, one harm a room. Together they are still one valid JSON text."""

BIDI = "\u202egnp.exe\u202c"
TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "hidden")


def hostile_rooms():
    """Short room lines; each "description" says what is wrong with the room where that is somewhere else."""
    counts = [-1, 2**63, 2**64, 1e308, "5", None, True, 1.5, [], {}, 1000001]
    rooms = [
        {"token": f"count{number}", "name": f"Count {number}", "active_users": count,
         "description": f"active_users is {count!r}"}
        for number, count in enumerate(counts)
    ]
    names = {
        "bidi": f"Bidi {BIDI} and \u2066isolated\u2069 and \u200fmark",
        "escape": "\x1b]0;owned\x07\x1b[31mred\x1b[0m\x9b31m",
        "control": "bell\x07 back\x08 nul\x00 tab\t line\nreturn\r del\x7f nel\x85",
        "tags": f"Tags{TAGS}\U000e007f",
        "stacked": "Z" + "\u0300\u0301\u0302\u0303" * 200 + "algo",
        "zerowidth": "in\u200bvi\u2060si\ufeffble\u00ad",
        "markup": "</title><script>alert(1)</script><img src=x onerror=alert(1)>",
        "quotes": "\"'`><b onmouseover=\"alert(1)\" x='",
        "template": "{{name}} {{{name}}} {{> +head}} ${7*7} <%= 7 %> %s%n",
        "homoglyph": "Sеssiоn Оfficial",
        "spaces": "\u00a0\u2003\u3000   ",
        "empty": "",
        "emoji": "Family \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062\U000e0065",
        "newlines": "one\u2028two\u2029three",
        "number": 42,
        "nullname": None,
        "listname": ["a", "b"],
        "longname": "N" * 100000,
    }
    rooms += [{"token": token, "name": name} for token, name in names.items()]
    rooms += [
        {"token": "longtext", "name": "Long description", "description": "d" * 100000},
        {"token": "bidiwords", "name": "Description", "description": f"\x1b[2J{BIDI}\n\n\n\u0000<script>alert(2)</script>"},
        {"token": "typedwords", "name": "Typed description", "description": {"a": 1}},
        {"token": "fields", "name": "Wrong types", "read": "yes", "write": 1, "upload": None, "admins": "05",
         "moderators": {"a": 1}, "created": "yesterday", "info_updates": -7, "message_sequence": 1e300,
         "active_users_cutoff": 0, "pinned_messages": "none"},
        {"token": "staff", "name": "Odd staff", "admins": [None, 5, "05zz", "<script>", "05" + "a" * 64, "05" + "a" * 64]},
        {"token": "future", "name": "From the future", "created": 99999999999.5},
        {"token": "before", "name": "Before the beginning", "created": -1e18},
        {"token": "cutoff", "name": "Odd period", "active_users": 70, "active_users_cutoff": 2**70},
        {"token": "icon1", "name": "Icon path", "image_id": "1/../2"},
        {"token": "icon2", "name": "Icon text", "image_id": "1"},
        {"token": "icon3", "name": "Icon fraction", "image_id": 1.5},
        {"token": "icon4", "name": "Icon below zero", "image_id": -1},
        {"token": "unknown", "name": "Unknown members", "__proto__": {"x": 1}, "join_url": "https://elsewhere.example/x",
         "identifier": "official+0000", "languages": ["en"], "pinned": 0},
        {"token": "Lounge", "name": "Lounge, first spelling"},
        {"token": "lounge", "name": "Lounge, second spelling"},
        {"token": "twice", "name": "Twice, once"},
        {"token": "twice", "name": "Twice, again"},
        {"token": "bare", "drop": ["name", "created", "admins", "moderators", "active_users", "read", "write", "upload"]},
    ]
    tokens = ["../x", "../../etc/passwd", 'a"b', "a b", "%2e%2e", "a/b", "a\\b", "", ".", "..", "x" * 65, "ümlaut", "a\x00b",
              "a\nb", "<b>", "-rf", None, 7, {"a": 1}, "CON", "index.html", "a?b", "a#b", "{{name}}"]
    rooms += [{"token": token, "name": f"Token {number}"} for number, token in enumerate(tokens)]
    rooms.append({"token": "good-room", "name": "A good room among bad ones", "description": "Nothing is wrong here."})
    return rooms
