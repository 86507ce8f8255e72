"""The table of behaviours: a name, a sentence, where it takes hold, and when.

Stages, in the order in which a connection meets them:
  listen       how the port is there at all
  certificate  which certificate is shown
  connect      what happens to a connection before any request
  instead      what answers in place of the server
  edit         what becomes of the server's answer (with "inside": of answers inside an onion request)
  send         how the answer is put on the wire
"""

import random
from dataclasses import dataclass, field

STAGES = ("listen", "certificate", "connect", "instead", "edit", "send")
WHEN = ("on", "path", "method", "inside", "first", "after", "turns", "share", "seed")
TABLE = {}


class BadBehaviour(ValueError):
    """A data file asks for a behaviour that is not there."""


@dataclass
class Behaviour:
    name: str
    stage: str
    sentence: str
    options: dict  # names and default values; None: has to be given
    when: dict  # default selectors
    run: object


def behaviour(stage, name, sentence, when=None, **options):
    """Registers the decorated function as what `name` does at `stage`."""

    def register(run):
        assert stage in STAGES and name not in TABLE, name
        TABLE[name] = Behaviour(name, stage, sentence, options, when or {}, run)
        return run

    return register


def _fits(path, request):
    return path in (request.path, request.target) or (path.endswith("*") and request.target.startswith(path[:-1]))


@dataclass
class Fault:
    """A behaviour at work on one host: what, with which options, and when it takes hold."""

    behaviour: Behaviour
    options: dict
    when: dict
    met: int = 0
    dice: random.Random = field(default_factory=random.Random)

    def matches(self, scheme, request=None):
        """Whether it takes hold now; each call that fits counts as one turn."""
        when = self.when
        if "on" in when and when["on"] != scheme:
            return False
        if request is not None:
            if bool(when.get("inside")) != request.inside:
                return False
            paths = when.get("path", "*")
            if not any(_fits(path, request) for path in ([paths] if isinstance(paths, str) else paths)):
                return False
            if "method" in when and when["method"] != request.method:
                return False
        turn = self.met
        self.met += 1
        if turn >= when.get("first", turn + 1) or turn < when.get("after", 0):
            return False
        if "turns" in when and not when["turns"][turn % len(when["turns"])]:
            return False
        return "share" not in when or self.dice.random() < when["share"]


def make_fault(setting, host):
    """A Fault from a word or from an object {"is": WORD, option..., selector...}."""
    setting = {"is": setting} if isinstance(setting, str) else dict(setting)
    name = setting.pop("is", None)
    if name not in TABLE:
        raise BadBehaviour(f'no behaviour "{name}"; world.py --list-behaviours prints all')
    known = TABLE[name]
    options, when = dict(known.options), dict(known.when)
    for member, value in setting.items():
        if member in known.options:
            options[member] = value
        elif member in WHEN:
            when[member] = value
        else:
            raise BadBehaviour(f'behaviour "{name}" has no option "{member}"')
    missing = [option for option, value in options.items() if value is None]
    if missing:
        raise BadBehaviour(f'behaviour "{name}" needs "{missing[0]}"')
    return Fault(known, options, when, dice=random.Random(f"{host} {when.get('seed', 0)}"))


def make_faults(settings, host):
    """The Faults of a data line's "behaviour": nothing or "healthy", one, or a list."""
    if settings is None or settings == "healthy":
        return []
    return [make_fault(setting, host) for setting in (settings if isinstance(settings, list) else [settings])]


def listing():
    """What --list-behaviours prints."""
    lines = []
    for stage in STAGES:
        lines.append(f"{stage}:")
        for known in TABLE.values():
            if known.stage == stage:
                options = [f"{name}={'...' if value is None else value}" for name, value in known.options.items()]
                told = f" ({', '.join(options)})" if options else ""
                lines.append(f"  {known.name:<18} {known.sentence}{told}")
    return "\n".join(lines) + "\n"
