"""The simulated network and files: what a block meets, how long it takes, and that it is always told."""
import sys
import unittest

from recording import HERE, of, record

MAIN = "import asyncio, time\n%s\nasync def main():\n%s\nasyncio.run(main())\n"


def run(body: str, head: str = "import aiohttp", network: list | None = None) -> dict:
    """Records a `main` with this body."""
    lines = "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))
    return record(MAIN % (head, lines), network=network or [])


def seconds(result: dict) -> float:
    return result["events"][-1]["t"] / 1e9


FETCH = """import aiohttp
async def get(session, url):
    async with session.get(url) as response:
        return response.status, await response.text()"""


class Http(unittest.TestCase):
    def test_requests_of_several_tasks_take_the_longest_time(self):
        result = run("async with aiohttp.ClientSession() as s:\n"
                     "    done = await asyncio.gather(*(get(s, f'https://httpbin.org/delay/{n}') for n in (3, 1, 2)))\n"
                     "    print([status for status, _ in done])", FETCH)
        self.assertEqual((result["stdout"], seconds(result)), ("[200, 200, 200]\n", 3))

    def test_a_wait_names_the_clients_call_and_its_connection(self):
        result = run("async with aiohttp.ClientSession() as s:\n    print((await get(s, 'https://example.com'))[0])", FETCH)
        wait = of(result, "suspend")[0]
        self.assertEqual((wait["api"], wait["on"]), ("ClientSession.get", [{"io": 1}]))
        self.assertEqual(of(result, "wake")[0]["cause"], "io")
        told = [(event["op"], event["what"]) for event in of(result, "io")]
        self.assertEqual(told, [("open", "https://example.com"), ("send", "GET https://example.com"),
                                ("receive", "200 OK"), ("close", "https://example.com")])
        self.assertTrue(all(event["simulated"] for event in of(result, "io")))

    def test_every_client_gets_the_same_answer_to_a_url_in_the_same_time(self):
        url = "https://api.shop.example.com/v1/items/7"
        programs = {
            "aiohttp": f"async with aiohttp.ClientSession() as s, s.get({url!r}) as r:\n    print(await r.json())",
            "httpx": f"async with httpx.AsyncClient() as c:\n    print((await c.get({url!r})).json())",
            "requests": f"print(requests.get({url!r}).json())",
            "urllib.request, json": f"print(json.load(urllib.request.urlopen({url!r})))",
        }
        results = [run(body, f"import {name}") for name, body in programs.items()]
        self.assertEqual(len({(result["stdout"], seconds(result)) for result in results}), 1, results)

    def test_rules_answer_in_turn_and_the_last_one_for_good(self):
        rules = [{"pattern": "https://a.example.com/*", "answers": [
            {"status": 503, "latency": 1}, {"latency": 2, "body": {"a": [1, "둘"]}}]},
            {"pattern": "a.example.com", "answers": [{"body": "all the rest", "latency": 0.5}]}]
        result = run("async with aiohttp.ClientSession() as s:\n    for path in ('x', 'y?q=1', 'z'):\n"
                     "        print(*await get(s, 'https://a.example.com/' + path))\n"
                     "    print(*await get(s, 'http://a.example.com/x'))", FETCH, rules)
        self.assertEqual(result["stdout"], '503 \n200 {"a": [1, "둘"]}\n200 {"a": [1, "둘"]}\n200 all the rest\n')
        self.assertEqual(seconds(result), 5.5)

    def test_errors_are_those_of_the_real_libraries(self):
        rules = [{"pattern": host, "answers": [{"error": error}]} for host, error in
                 (("silent.io", "timeout"), ("shut.io", "refused"), ("gone.io", "dns"), ("drops.io", "disconnected"))]
        body = ("async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as s:\n"
                "    for host in ('silent.io', 'shut.io', 'gone.io', 'drops.io', 'x.invalid'):\n"
                "        try:\n            await s.get('http://' + host)\n"
                "        except (aiohttp.ClientError, asyncio.TimeoutError) as error:\n"
                "            print(type(error).__name__, isinstance(error, OSError))\n")
        self.assertEqual(run(body, network=rules)["stdout"].splitlines(), [
            "TimeoutError True", "ClientConnectorError True", "ClientConnectorDNSError True",
            "ServerDisconnectedError False", "ClientConnectorDNSError True"])
        body = ("for host in ('silent.io', 'shut.io', 'gone.io', 'drops.io'):\n"
                "    try:\n        requests.get('http://' + host, timeout=2)\n"
                "    except requests.RequestException as error:\n        print(type(error).__name__)\n")
        self.assertEqual(run(body, "import requests", rules)["stdout"].split(),
                         ["ReadTimeout", "ConnectionError", "ConnectionError", "ConnectionError"])
        body = ("async with httpx.AsyncClient(timeout=2) as c:\n"
                "    for host in ('silent.io', 'shut.io', 'gone.io', 'drops.io'):\n"
                "        try:\n            await c.get('http://' + host)\n"
                "        except httpx.HTTPError as error:\n            print(type(error).__name__)\n")
        self.assertEqual(run(body, "import httpx", rules)["stdout"].split(),
                         ["ReadTimeout", "ConnectError", "ConnectError", "RemoteProtocolError"])

    def test_headers_with_line_ends_are_refused_as_the_real_libraries_do(self):
        result = run("bad = {'X-Name': 'a\\r\\nSet-Cookie: b=1'}\nurl = 'https://example.com'\n"
                     "async def get_aiohttp():\n    async with aiohttp.ClientSession(headers=bad) as s:\n"
                     "        await s.get(url)\n"
                     "async def get_httpx():\n    async with httpx.AsyncClient() as c:\n"
                     "        await c.get(url, headers=bad)\n"
                     "async def get_requests():\n    requests.get(url, headers=bad)\n"
                     "async def get_number():\n    requests.get(url, headers={'X-Name': 1})\n"
                     "for get in (get_aiohttp, get_httpx, get_requests, get_number):\n"
                     "    try:\n        await get()\n    except Exception as error:\n"
                     "        print(type(error).__module__, type(error).__name__, error)\n"
                     "print(requests.get(url, headers={'X-Name': 'plain text'}).status_code)",
                     "import aiohttp, httpx, requests")
        self.assertEqual(result["stdout"].splitlines(), [
            "builtins ValueError Newline or carriage return detected in headers. Potential header injection attack.",
            "httpx LocalProtocolError Illegal header value b'a\\r\\nSet-Cookie: b=1'",
            "requests.exceptions InvalidHeader Invalid leading whitespace, reserved character(s), or return "
            "character(s) in header value: 'a\\r\\nSet-Cookie: b=1'",
            "requests.exceptions InvalidHeader Header part (1) from ('X-Name', 1) must be of type str or bytes, not "
            "<class 'int'>",
            "200"])
        self.assertEqual([event["op"] for event in of(result, "io")], ["open", "send", "receive", "close"])

    def test_a_connector_lets_in_no_more_than_its_limit(self):
        result = run("async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=2)) as s:\n"
                     "    await asyncio.gather(*(get(s, 'https://httpbin.org/delay/1') for _ in range(5)))", FETCH)
        self.assertEqual(seconds(result), 3)
        in_line = [event for event in of(result, "suspend") if event["leaf"] == "ConnectionPool.acquire"]
        self.assertEqual(len(in_line), 3)
        self.assertEqual(len({event["c"] for event in of(result, "io")}), 2)

    def test_a_cancelled_request_gives_its_place_to_the_next(self):
        result = run("async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as s:\n"
                     "    first = asyncio.create_task(get(s, 'https://httpbin.org/delay/9'))\n"
                     "    second = asyncio.create_task(get(s, 'https://httpbin.org/delay/1'))\n"
                     "    await asyncio.sleep(1)\n    first.cancel()\n    print((await second)[0])", FETCH)
        self.assertEqual((result["stdout"], seconds(result)), ("200\n", 2))

    def test_what_asyncio_itself_limits_ends_a_request(self):
        result = run("async with aiohttp.ClientSession() as s:\n    try:\n"
                     "        await asyncio.wait_for(get(s, 'https://httpbin.org/delay/5'), 1)\n"
                     "    except TimeoutError:\n        print('late')", FETCH)
        self.assertEqual((result["stdout"], seconds(result)), ("late\n", 1))

    def test_forgotten_sessions_and_requests_are_told_as_aiohttp_and_python_do(self):
        result = run("session = aiohttp.ClientSession()\nsession.get('https://example.com')")
        self.assertIn("Unclosed client session\nclient_session: <aiohttp.client.ClientSession object at 0x",
                      result["stderr"])
        self.assertIn("coroutine 'ClientSession._request' was never awaited", result["stderr"])

    def test_a_session_that_is_closed_serves_no_more(self):
        result = run("async with aiohttp.ClientSession() as s:\n    pass\nawait s.get('https://example.com')")
        self.assertEqual(result["error"]["text"], "RuntimeError: Session is closed")

    def test_a_blocking_request_holds_the_loop_and_is_told_as_that(self):
        result = run("ticks = asyncio.create_task(asyncio.sleep(0.5))\nawait asyncio.sleep(0)\n"
                     "print(requests.get('https://httpbin.org/delay/2').elapsed)\nawait ticks", "import requests")
        block = of(result, "block")[0]
        self.assertEqual((block["api"], block["to"] - block["from"]), ("requests.get", 2 * 10**9))
        self.assertEqual((result["stdout"], seconds(result)), ("0:00:02\n", 2))

    def test_blocking_requests_in_threads_take_the_longest_time(self):
        result = run("await asyncio.gather(*(asyncio.to_thread(requests.get, f'https://httpbin.org/delay/{n}')\n"
                     "                       for n in (1, 2)))", "import requests")
        self.assertEqual((of(result, "block"), seconds(result)), ([], 2))
        self.assertEqual([event["t"] // 10**9 for event in of(result, "io") if event["op"] == "receive"], [1, 2])


    def test_known_interfaces_have_the_keys_that_programs_read(self):
        result = record("import requests\nget = lambda url: requests.get('https://' + url).json()\n"
                        "print(get('api.github.com/users/python')['login'], get('pokeapi.co/api/v2/pokemon/25')['id'])\n"
                        "print([thing['name'] for thing in get('api.example.com/v1/cups')])\n"
                        "print(get('api.example.com/cups/7')['name'])\n"
                        "print(requests.post('https://api.example.com/cups', json={}).status_code)\n")
        self.assertEqual(result["stdout"], "python 25\n['cup 1', 'cup 2', 'cup 3']\ncup 7\n201\n")

    def test_the_standard_librarys_client_fails_as_over_a_real_network(self):
        result = record("import urllib.request, urllib.error\n"
                        "for url in ('https://x.invalid', 'http://localhost:9', 'https://httpbin.org/status/404',\n"
                        "            'https://httpbin.org/delay/5'):\n    try:\n"
                        "        urllib.request.urlopen(url, timeout=1)\n"
                        "    except (urllib.error.URLError, TimeoutError) as error:\n        print(error)\n")
        self.assertEqual(result["stdout"].splitlines(), [
            "<urlopen error [Errno -2] Name or service not known>", "<urlopen error [Errno 111] Connection refused>",
            "HTTP Error 404: Not Found", "timed out"])
        self.assertNotIn("stderr", result)

    def test_cookies_come_back_after_a_redirect_in_every_client(self):
        url = "https://httpbin.org/cookies/set/taste/sweet"
        for head, body in {
            "import aiohttp": f"async with aiohttp.ClientSession() as s, s.get({url!r}) as r:\n    print(await r.json())",
            "import requests": f"print(requests.get({url!r}).json())",
            "import httpx": f"print(httpx.get({url!r}, follow_redirects=True).json())",
        }.items():
            result = run(body, head)
            self.assertEqual(result["stdout"], "{'cookies': {'taste': 'sweet'}}\n", result)


class Borders(unittest.TestCase):
    def test_what_is_not_simulated_says_so_and_skips_the_block(self):
        for body, head, name in (
            ("pass", "from aiohttp import web", "aiohttp.web"),
            ("aiohttp.web", "import aiohttp", "aiohttp.web"),
            ("async with aiohttp.ClientSession() as s:\n    await s.ws_connect('wss://x.io')", "import aiohttp",
             "ClientSession.ws_connect"),
            ("httpx.AsyncClient(transport=1)", "import httpx", "transport= of AsyncClient"),
        ):
            result = run(body, head)
            self.assertEqual(result["status"], "skipped", result)
            self.assertIn(f"`{name}` is not there: `", result["reason"])
            self.assertIn("is Loopreel's simulation here", result["reason"])

    def test_a_block_that_never_imports_a_simulated_package_gets_it(self):
        result = record("page = requests.get('https://example.com')\nprint(page)\n")
        self.assertEqual((result["status"], result["stdout"]), ("ran", "<Response [200]>\n"))

    def test_the_simulation_is_there_only_while_a_block_runs(self):
        record("import aiohttp\n")
        self.assertFalse([finder for finder in sys.meta_path if getattr(finder, "__name__", "") == "Finder"])
        self.assertNotIn("loopreel", str(getattr(sys.modules.get("aiohttp"), "ClientSession", "")))

    def test_what_a_block_does_to_a_package_the_next_does_not_see(self):
        record("import aiohttp\naiohttp.ClientSession = None\n")
        self.assertEqual(record("import aiohttp\nprint(aiohttp.ClientSession is None)\n")["stdout"], "False\n")

    def test_host_names_decide_whether_hosts_exist(self):
        result = record("import socket\nfor host in ('localhost', 'python.org', 'x.invalid', 'no-such-host.com', 'intranet'):\n"
                        "    try:\n        socket.gethostbyname(host)\n        print(host)\n"
                        "    except socket.gaierror as error:\n        print(error)\n")
        self.assertEqual(result["stdout"].splitlines(), ["localhost", "python.org"] + ["[Errno -2] Name or service not known"] * 3)


class Files(unittest.TestCase):
    def test_aiofiles_writes_and_reads_in_threads(self):
        result = run("async with aiofiles.open('a.txt', 'w', encoding='utf-8') as f:\n    await f.write('하나\\n둘\\n')\n"
                     "async with aiofiles.open('a.txt', encoding='utf-8') as f:\n"
                     "    async for line in f:\n        print(line, end='')\n"
                     "print(await aiofiles.os.path.exists('a.txt'), await aiofiles.os.listdir())",
                     "import aiofiles, aiofiles.os")
        self.assertEqual(result["stdout"], "하나\n둘\nTrue ['a.txt']\n")
        waits = [event["api"] for event in of(result, "suspend") if "job" in (event["on"] or [{}])[0]]
        self.assertEqual(waits[:3], ["open", "AsyncTextIOWrapper.write", "AsyncTextIOWrapper.close"])
        told = [(event["op"], event["what"], event["bytes"]) for event in of(result, "io")]
        self.assertEqual(told[:3], [("open", "file a.txt", 0), ("send", "file a.txt", 11), ("close", "file a.txt", 0)])

    def test_a_block_finds_an_empty_folder_and_leaves_none_behind(self):
        record("open('a.txt', 'w').write('x')\n")
        result = record("import os\nprint(os.listdir())\ntry:\n    open('a.txt')\nexcept FileNotFoundError as error:\n"
                        "    print(error)\n")
        self.assertEqual(result["stdout"], "[]\n[Errno 2] No such file or directory: 'a.txt'\n")


class Streams(unittest.TestCase):
    def test_a_web_server_far_away_answers_a_stream(self):
        result = run("reader, writer = await asyncio.open_connection('httpbin.org', 443, ssl=True)\n"
                     "writer.write(b'GET /delay/2 HTTP/1.0\\r\\nHost: httpbin.org\\r\\n\\r\\n')\n"
                     "head, _, body = (await reader.read()).partition(b'\\r\\n\\r\\n')\n"
                     "print(head.split(b'\\r\\n')[0], b'https://httpbin.org/delay/2' in body)\nwriter.close()", "")
        self.assertEqual(result["stdout"], "b'HTTP/1.1 200 OK' True\n")
        self.assertEqual(seconds(result), 2.05)
        self.assertEqual(of(result, "io")[0]["what"], "tcp httpbin.org:443")

    def test_a_stream_to_a_host_that_is_silent_shut_or_drops_ends_as_the_rules_say(self):
        rules = [{"pattern": host, "answers": [{"error": error, "latency": 0.5}]} for host, error in
                 (("silent.io", "timeout"), ("shut.io", "refused"), ("drops.io", "disconnected"))]
        result = run("for host in ('silent.io', 'shut.io', 'drops.io', 'x.invalid'):\n"
                     "    try:\n        reader, writer = await asyncio.open_connection(host, 80)\n"
                     "        writer.write(b'GET / HTTP/1.1\\r\\n\\r\\n')\n        print(await reader.read())\n"
                     "    except OSError as error:\n        print(type(error).__name__)", "", rules)
        self.assertEqual(result["stdout"].split(), ["TimeoutError", "ConnectionRefusedError", "b''", "gaierror"])
        self.assertEqual(seconds(result), 130.6)

    def test_a_reader_waits_for_its_connection(self):
        result = record((HERE / "programs" / "streams.py").read_text())
        waits = [event for event in of(result, "suspend") if event["leaf"] == "StreamReader._wait_for_data"]
        self.assertTrue(waits)
        self.assertTrue(all("io" in event["on"][0] for event in waits))
        self.assertTrue(any(event["api"] == "StreamWriter.drain" for event in of(result, "suspend")))
        moved = {op: sum(event["bytes"] for event in of(result, "io") if event["op"] == op) for op in ("send", "receive")}
        self.assertEqual(moved["send"], moved["receive"])

    def test_unix_sockets_work_without_a_file(self):
        result = run("async def serve(reader, writer):\n    writer.write(await reader.readline())\n    writer.close()\n"
                     "async with await asyncio.start_unix_server(serve, '/tmp/loopreel-test.sock'):\n"
                     "    reader, writer = await asyncio.open_unix_connection('/tmp/loopreel-test.sock')\n"
                     "    writer.write(b'hi\\n')\n    print(await reader.read())\n    writer.close()", "")
        self.assertEqual(result["stdout"], "b'hi\\n'\n")

    def test_a_server_without_guests_is_stopped_with_that_reason(self):
        result = run("async with await asyncio.start_server(print, port=8080) as server:\n"
                     "    print('waits')\n    await server.serve_forever()", "")
        self.assertEqual((result["status"], result["reason"], result["stdout"]),
                         ("stopped", "a server waits, and nobody is left to connect", "waits\n"))

    def test_other_ports_far_away_and_own_sockets_are_refused(self):
        result = run("await asyncio.open_connection('irc.example.org', 6667)", "")
        self.assertEqual((result["status"], result["reason"]), (
            "skipped", "irc.example.org:6667 needs the network: only web servers (ports 80 and 443) are simulated"))


if __name__ == "__main__":
    unittest.main()
