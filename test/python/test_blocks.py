"""How a block of a note runs, and what it is told apart as."""
import sys
import unittest

from recording import of, record

LOOP = "import asyncio\n"


class Blocks(unittest.TestCase):
    def test_missing_names_come_from_the_nearest_earlier_block(self):
        first = "import asyncio\nasync def work():\n    return 'old'\n"
        second = "async def work():\n    await pause()\n    return 'new'\nasync def pause():\n    await asyncio.sleep(1)\n"
        third = "print(asyncio.run(work()))\n"
        self.assertEqual(record(first, second, third, target=3)["stdout"], "new\n")

    def test_missing_names_come_from_a_later_block_as_the_last_resort(self):
        result = record("async def main():\n    await work(1)\n", "import asyncio\nasync def work(n):\n    print(n)\n")
        self.assertEqual((result["status"], result["stdout"]), ("ran", "1\n"))

    def test_a_definition_goes_before_a_module_of_that_name(self):
        result = record("import asyncio\nqueue = asyncio.Queue(3)\n", "print(queue.maxsize)\n", target=2)
        self.assertEqual(result["stdout"], "3\n")
        self.assertEqual(record("print(token)\n")["status"], "skipped")

    def test_names_of_a_block_with_top_level_await_have_their_scopes(self):
        result = record("url = 'here'\nlock = asyncio.Lock()\n", "async def get(url):\n    async with lock:\n"
                        "        print(url)\nasync with lock:\n    pass\nawait get(url)\n", target=2)
        self.assertEqual((result["status"], result["stdout"]), ("ran", "here\n"))

    def test_the_prelude_prints_nothing_and_runs_no_statement_of_other_blocks(self):
        result = record("print('loud')\ndef f():\n    return 1\nprint(f())\n", "print(f() + 1)\n", target=2)
        self.assertEqual(result["stdout"], "2\n")

    def test_standard_modules_are_imported_by_name(self):
        result = record("start = time.time()\nasyncio.run(asyncio.sleep(1.5))\nprint(time.time() - start)\n")
        self.assertEqual(result["stdout"], "1.5\n")

    def test_main_that_is_never_run_is_run(self):
        self.assertEqual(record("async def main():\n    print('hi')\n")["stdout"], "hi\n")

    def test_the_only_coroutine_that_nothing_calls_is_run(self):
        code = "async def helper():\n    print('helped')\nasync def start():\n    await helper()\n"
        self.assertEqual(record(code)["stdout"], "helped\n")

    def test_two_idle_coroutines_are_left_alone(self):
        code = "async def one():\n    print(1)\nasync def two():\n    print(2)\n"
        self.assertEqual(record(code)["stdout"], "")

    def test_main_that_is_run_is_not_run_again(self):
        for end in ("asyncio.run(main())\n", "if __name__ == '__main__':\n    asyncio.run(main())\n",
                    "loop = asyncio.new_event_loop()\nloop.run_until_complete(main())\n"):
            self.assertEqual(record(LOOP + "async def main():\n    print('once')\n" + end)["stdout"], "once\n")

    def test_top_level_await_runs_as_in_a_repl(self):
        code = "async def gen():\n    yield 1\nawait asyncio.sleep(1)\nasync for n in gen():\n    print(n)\n"
        result = record(code)
        self.assertEqual((result["status"], result["stdout"]), ("ran", "1\n"))
        self.assertEqual(of(result, "spawn")[0]["name"], "Task-1")

    def test_output_pasted_below_the_code_is_split_off(self):
        result = record("print('a b')\nprint(1)\n\na b c!\n1 2 3\n")
        self.assertEqual((result["status"], result["stdout"]), ("ran", "a b\n1\n"))

        result = record("print(1)\nprint([][0])\n\n1\nTraceback (most recent call last):\n"
                        '  File "demo.py", line 2, in <module>\n    print([][0])\nIndexError: list index out of range\n')
        self.assertEqual((result["status"], result["stdout"]), ("raised", "1\n"))
        self.assertIn("IndexError", result["error"]["text"])

    def test_words_below_the_code_are_output_too(self):
        self.assertEqual(record("print('all done')\n\nall, done\n")["status"], "ran")
        self.assertEqual(record("import asyncio\nprint('하늘, 안녕!')\n\n하늘, 안녕!\n")["stdout"], "하늘, 안녕!\n")
        self.assertEqual(record("def f():\n    local = 1\nf()\nlocal\n")["status"], "raised")

    def test_code_that_misses_its_colon_is_no_output(self):
        for code in ("print(1)\nfor n in range(3)\n    print(n)\n", "x = 1\nif x == 1\n    print(x)\n"):
            self.assertIn("SyntaxError", record(code)["error"]["text"])

    def test_a_block_of_output_is_skipped(self):
        self.assertEqual(record("A starts!\nB starts: 1 s\n")["status"], "skipped")

    def test_prompts_are_code_and_their_values_are_echoed(self):
        result = record(">>> x = 2\n>>> x + 1\n3\n>>> for i in range(2):\n...     print(i)\n...\n0\n1\n")
        self.assertEqual(result["stdout"], "3\n0\n1\n")

    def test_a_session_goes_on_after_an_error(self):
        result = record(">>> 1 / 0\nTraceback (most recent call last):\n  ...\nZeroDivisionError\n>>> 2\n2\n")
        self.assertEqual((result["status"], result["stdout"]), ("ran", "2\n"))
        self.assertIn("ZeroDivisionError: division by zero", result["stderr"])

    def test_notebooks_have_prompts_and_commands_of_their_own(self):
        result = record("In [1]: x = 2\n\nIn [2]: for n in range(x):\n   ...:     print(n)\n   ...:\n0\n1\n\n"
                        "In [3]: x\nOut[3]: 2\n")
        self.assertEqual(result["stdout"], "0\n1\n2\n")
        result = record("%%time\n!pip install x\nawait asyncio.sleep(1)\nprint('ran')\n")
        self.assertEqual((result["status"], result["stdout"]), ("ran", "ran\n"))

    def test_a_syntax_error_is_raised_at_its_line(self):
        result = record("x = 1\ndef f(:\n    return x\n")
        self.assertEqual((result["status"], result["error"]["line"]), ("raised", 3))
        self.assertEqual(result["error"]["column"], 7)
        self.assertIn("SyntaxError", result["error"]["text"])

    def test_an_error_speaks_of_the_notes_own_lines(self):
        result = record("import asyncio\n", "async def f():\n    await asyncio.sleep(1)\n    raise ValueError('no')\n"
                        "async def main():\n    await f()\nasyncio.run(main())\n", target=2)
        self.assertEqual((result["status"], result["error"]["text"]), ("raised", "ValueError: no"))
        self.assertEqual(result["error"]["line"], 9)
        self.assertIn('File "note.md", line 9, in f\n    raise ValueError', result["error"]["traceback"])
        self.assertNotIn("loopreel", result["error"]["traceback"])
        self.assertNotIn("base_events", result["error"]["traceback"])

    def test_tracebacks_that_a_program_prints_itself_hold_no_frame_of_the_recorder(self):
        result = record("import asyncio, traceback\nasync def f():\n    raise ValueError\nasync def main():\n    try:\n"
                        "        await asyncio.create_task(f())\n    except ValueError:\n"
                        "        print(traceback.format_exc())\nasyncio.run(main())\n")
        self.assertNotIn("loopreel_recorder", result["stdout"])
        self.assertIn("line 4, in f", result["stdout"])

    def test_a_name_that_nothing_defines_skips_the_block_unless_something_was_printed(self):
        result = record("nobody_knows(1)\n")
        self.assertEqual((result["status"], result["reason"]), ("skipped", "`nobody_knows` is defined nowhere in this note"))
        self.assertEqual(result["error"]["line"], 2)
        late = record("import asyncio\nasync def main():\n    print(1)\n    await nobody_knows()\nasyncio.run(main())\n")
        self.assertEqual((late["status"], late["error"]["line"]), ("raised", 5))

    def test_a_missing_package_skips_the_block_and_is_named(self):
        for code in ("import aiohttp_of_no_kind\n", "import aiohttp_of_no_kind.client as c\n"):
            result = record(code)
            self.assertEqual(result["status"], "skipped")
            self.assertIn("`aiohttp_of_no_kind`", result["reason"])

    def test_network_and_processes_are_refused_with_clear_words(self):
        for code, word in {
            "import os\nos.system('true')\n": "another process",
            "import subprocess\nsubprocess.run(['true'])\n": "another process",
            "import socket\nsocket.create_connection(('localhost', 1))\n": "the network",
            "import asyncio\nasyncio.run(asyncio.create_subprocess_exec('true'))\n": "another process",
        }.items():
            result = record(code)
            self.assertEqual(result["status"], "skipped", code)
            self.assertIn(word, result["reason"])

    def test_one_block_does_not_see_what_another_did_to_modules(self):
        record("import asyncio, json, sys, os, logging\nasyncio.sleep = json.dumps = None\nsys.argv.append('x')\n"
               "os.environ['LOOPREEL_X'] = '1'\nlogging.basicConfig(level=10)\nimport builtins\nbuiltins.print = None\n")
        result = record("import asyncio, json, sys, os, logging\nasyncio.run(asyncio.sleep(1))\n"
                        "print(json.dumps(sys.argv), 'LOOPREEL_X' in os.environ, logging.root.level)\n")
        self.assertEqual(result["stdout"], '["note.md"] False 30\n')

    def test_loops_look_like_the_stock_loop_and_tasks_like_stock_tasks(self):
        result = record("import asyncio\nasync def main():\n    print(asyncio.get_running_loop())\n"
                        "    print(type(asyncio.current_task()), asyncio.current_task().get_name())\n"
                        "    print(asyncio.create_task(asyncio.sleep(0)))\nasyncio.run(main())\n")
        lines = result["stdout"].splitlines()
        self.assertEqual(lines[0], "<_UnixSelectorEventLoop running=True closed=False debug=False>")
        self.assertEqual(lines[1], "<class '_asyncio.Task'> Task-1")
        self.assertTrue(lines[2].startswith("<Task pending name='Task-2' coro=<sleep() running at "), lines[2])

    def test_time_is_virtual_and_begins_at_the_same_moment(self):
        result = record("import time, datetime, random\nt = time.monotonic()\ntime.sleep(90)\n"
                        "print(time.monotonic() - t, datetime.datetime.now(), datetime.date.today(), time.strftime('%H:%M'))\n"
                        "print(repr(datetime.datetime.now()), isinstance(datetime.datetime.now(), datetime.datetime))\n")
        self.assertEqual(result["stdout"].splitlines()[0], "90.0 2026-01-01 09:01:30 2026-01-01 09:01")
        self.assertEqual(result["stdout"].splitlines()[1], "datetime.datetime(2026, 1, 1, 9, 1, 30) True")

    def test_a_program_that_waits_by_looking_at_the_clock_gets_there(self):
        for look in ("time.time()", "time.perf_counter()", "time.process_time()", "datetime.datetime.now().timestamp()"):
            result = record(f"import datetime, time\nstart = {look}\nwhile {look} - start < 2:\n    pass\n"
                            f"print(round({look} - start, 2))\n")
            self.assertEqual((result["status"], result["stdout"]), ("ran", "2.0\n"), look)
            blocks = of(result, "block")
            self.assertEqual(([event["api"] for event in blocks], blocks[0]["from"]), (["busy waiting"], 0))

    def test_looking_at_the_clock_often_is_no_waiting(self):
        result = record("import asyncio, time\nasync def work():\n    started = time.time()\n    await asyncio.sleep(1)\n"
                        "    return time.time() - started\nasync def main():\n"
                        "    print(set(await asyncio.gather(*(work() for _ in range(2000)))))\nasyncio.run(main())\n")
        self.assertEqual(result["stdout"], "{1.0}\n")

    def test_a_wait_shorter_than_the_clock_can_tell_takes_some_time(self):
        result = record("import asyncio, time\nasync def main():\n    before = time.monotonic_ns()\n"
                        "    await asyncio.sleep(1e-20)\n    time.sleep(1e-20)\n    print(time.monotonic_ns() - before)\n"
                        "asyncio.run(main())\n")
        self.assertEqual(result["stdout"], "2\n")

    def test_library_functions_look_at_the_virtual_clock(self):
        result = record("import queue, sched, time, timeit\ntry:\n    queue.Queue().get(timeout=0.5)\n"
                        "except queue.Empty:\n    print(time.monotonic())\ns = sched.scheduler()\n"
                        "s.enter(2, 1, print, ('due',))\ns.run()\n"
                        "print(timeit.timeit(lambda: time.sleep(1), number=3), time.monotonic())\n")
        self.assertEqual(result["stdout"], "1000.5\ndue\n3.0 1005.5\n")

    def test_addresses_and_chance_are_the_same_in_every_recording(self):
        code = ("import random, uuid, os, secrets\nprint(object(), random.random(), random.Random().random())\n"
                "print(uuid.uuid4(), os.urandom(4), secrets.token_hex(4), id(object()), hex(id(object)))\n"
                "x = object()\nprint(hex(id(x)), x)\n")
        first = record(code)
        self.assertEqual(first["stdout"], record(code)["stdout"])
        address, text = first["stdout"].splitlines()[-1].split(" ", 1)
        self.assertIn(f"at {address}>", text)

    def test_a_coroutine_that_is_never_awaited_is_warned_of_at_the_end(self):
        result = record("async def f():\n    pass\nf()\nc = f()\n")
        self.assertEqual(result["stderr"].count("was never awaited"), 2)

    def test_a_coroutine_in_the_frames_of_an_error_is_warned_of_too(self):
        result = record("import asyncio\nasync def f():\n    pass\nasync def main():\n    asyncio.run(f())\n"
                        "asyncio.run(main())\n")
        self.assertIn("sys", result["stderr"].split(":")[0])
        self.assertIn("coroutine 'f' was never awaited\nRuntimeWarning: Enable tracemalloc", result["stderr"])

    def test_the_compiler_warns_at_the_notes_line(self):
        result = record("import asyncio\n", "print(1 is 1)\n", target=2)
        self.assertIn("note.md:7: SyntaxWarning: ", result["stderr"])

    def test_old_calls_of_dates_are_warned_of(self):
        stderr = record("import datetime\ndatetime.datetime.utcnow()\n").get("stderr", "")
        self.assertEqual("utcnow() is deprecated" in stderr, sys.version_info >= (3, 12))

    def test_loops_made_by_hand_and_by_policies_are_the_recordings_own(self):
        for make in ("asyncio.set_event_loop_policy(None)", "asyncio.SelectorEventLoop(selectors.SelectSelector())",
                     "class P(asyncio.DefaultEventLoopPolicy): pass\nasyncio.set_event_loop_policy(P())"):
            result = record(f"import asyncio, selectors\n{make}\nasyncio.run(asyncio.sleep(1))\nprint('slept')\n")
            self.assertEqual((result["status"], result["stdout"]), ("ran", "slept\n"), make)
            self.assertEqual(result["events"][-1]["t"], 1_000_000_000)

    def test_logging_counts_from_the_start_of_the_block(self):
        result = record("import asyncio, logging\nlogging.basicConfig(format='%(relativeCreated)d')\n"
                        "asyncio.run(asyncio.sleep(2))\nlogging.warning('')\n")
        self.assertEqual(result["stderr"], "2000\n")

    def test_an_exception_that_nobody_retrieves_is_told_on_stderr(self):
        result = record("import asyncio\nasync def bad():\n    raise ValueError('lost')\nasync def main():\n"
                        "    task = asyncio.create_task(bad())\n    await asyncio.sleep(1)\nasyncio.run(main())\n")
        self.assertIn("Task exception was never retrieved", result["stderr"])

    def test_sys_exit_ends_a_block_without_an_error(self):
        self.assertEqual(record("import sys\nprint(1)\nsys.exit('bye')\n")["status"], "ran")

    def test_input_says_that_there_is_none(self):
        result = record("print('before')\nname = input('Name? ')\n")
        self.assertEqual((result["status"], result["stdout"]), ("raised", "before\nName? "))
        self.assertIn("EOFError", result["error"]["text"])

    def test_a_program_may_send_signals_to_itself(self):
        result = record("import asyncio, os, signal\nasync def main():\n    stop = asyncio.Event()\n"
                        "    loop = asyncio.get_running_loop()\n    loop.add_signal_handler(signal.SIGTERM, stop.set)\n"
                        "    loop.call_later(1, os.kill, os.getpid(), signal.SIGTERM)\n    await stop.wait()\n"
                        "    print('graceful')\nasyncio.run(main())\n")
        self.assertEqual((result["status"], result["stdout"]), ("ran", "graceful\n"))

    def test_what_is_registered_for_the_exit_runs_then(self):
        code = "import atexit\natexit.register(print, 'one')\natexit.register(print, 'two')\nprint('body')\n"
        self.assertEqual(record(code)["stdout"], "body\ntwo\none\n")


if __name__ == "__main__":
    unittest.main()
