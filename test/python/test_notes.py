"""The five real notes, where they are at hand: every block has the status that it deserves."""
import json
import pathlib
import unittest

from recording import HERE

from loopreel_recorder import record_block

NOTES = HERE.parents[2] / "shared" / "notes"

#: Blocks that need a name that nothing defines, by the note's number.
SKIPPED = {"000": {2}, "004": {27}}
#: Blocks whose code is wrong in today's Python or that let an exception out.
RAISED = {"000": {5: "TypeError"}, "004": {14: "TimeoutError"}}


def blocks_of(note: pathlib.Path) -> list[dict]:
    blocks, opened = [], None
    lines = note.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("```"):
            if opened is None:
                opened = (number, line[3:].strip())
            else:
                if opened[1] == "python":
                    code = "\n".join(lines[opened[0] : number - 1]) + "\n"
                    blocks.append({"id": f"b{len(blocks) + 1}", "line": opened[0], "code": code, "meta": {}})
                opened = None
    return blocks


@unittest.skipUnless(NOTES.is_dir(), "the real notes are not here")
class Notes(unittest.TestCase):
    def test_every_block_has_its_status(self):
        count = 0
        for note in sorted(NOTES.glob("*.md")):
            blocks, number = blocks_of(note), note.name[:3]
            for n, block in enumerate(blocks, 1):
                request = {"file": note.name, "blocks": blocks, "target": block["id"]}
                result = json.loads(record_block(json.dumps(request)))
                count += 1
                with self.subTest(f"{number} {block['id']}"):
                    self.assertNotIn("faults", result)
                    if n in SKIPPED.get(number, ()):
                        self.assertEqual((result["status"], "trace" in result), ("skipped", False))
                    elif n in RAISED.get(number, {}):
                        self.assertEqual(result["status"], "raised")
                        self.assertTrue(result["error"]["text"].startswith(RAISED[number][n]))
                        self.assertTrue(block["line"] < result["error"]["line"])
                    else:
                        self.assertEqual(result["status"], "ran", result)
                        if "print(" in block["code"]:
                            self.assertNotEqual(result["stdout"], "")
        self.assertEqual(count, 43)


if __name__ == "__main__":
    unittest.main()
