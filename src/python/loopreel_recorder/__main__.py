"""`python -m loopreel_recorder FILE.py | REQUEST.json`: records natively and prints the trace, or the whole result.

A `.py` file is recorded as one block; its trace goes to standard output, what it printed nowhere. A request gives the
result's JSON. Strings are hashed without randomness, as in the Pyodide host.
"""
import json
import os
import sys


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m loopreel_recorder FILE.py|REQUEST.json", file=sys.stderr)
        return 2
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, "-m", "loopreel_recorder", *arguments],
                  {**os.environ, "PYTHONHASHSEED": "0"})
    from . import record_block
    from .native import record_with_deadline

    path = arguments[0]
    with open(path, encoding="utf-8") as opened:
        text = opened.read()
    single = not path.endswith(".json")
    if single:
        block = {"id": "b1", "line": 0, "code": text, "meta": {}}
        text = json.dumps({"file": os.path.basename(path), "blocks": [block], "target": "b1"})
    result = record_with_deadline(record_block, text)
    if not single:
        sys.stdout.write(result + "\n")
        return 0
    told = json.loads(result)
    sys.stdout.write(told.get("trace", ""))
    if told["status"] != "ran":
        print(f"{told['status']}: {told.get('reason') or told['error']['text']}", file=sys.stderr)
    return 0 if told["status"] == "ran" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
