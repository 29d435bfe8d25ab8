"""asyncio's API that CPython's documentation calls deprecated or removed, up to 3.14 ("What's New", `library/asyncio*`)."""
import ast

_POLICY = ("3.14", "3.16", "`asyncio.run(…, loop_factory=…)` or `asyncio.Runner`")
_WATCHER = ("3.12", "3.14", "nothing; subprocesses work without a child watcher")

#: Name → (deprecated in, removed in or None, what to write instead).
NAMES: dict[str, tuple[str, str | None, str]] = {
    "asyncio.coroutine": ("3.8", "3.11", "`async def`"),
    "asyncio.Task.current_task": ("3.7", "3.9", "`asyncio.current_task()`"),
    "asyncio.Task.all_tasks": ("3.7", "3.9", "`asyncio.all_tasks()`"),
    "asyncio.iscoroutinefunction": ("3.14", "3.16", "`inspect.iscoroutinefunction()`"),
    **{f"asyncio.{name}": _POLICY for name in (
        "get_event_loop_policy", "set_event_loop_policy", "AbstractEventLoopPolicy", "DefaultEventLoopPolicy",
        "WindowsSelectorEventLoopPolicy", "WindowsProactorEventLoopPolicy")},
    **{f"asyncio.{name}": _WATCHER for name in (
        "get_child_watcher", "set_child_watcher", "AbstractChildWatcher", "ThreadedChildWatcher", "SafeChildWatcher",
        "FastChildWatcher", "MultiLoopChildWatcher", "PidfdChildWatcher")},
}

#: Functions and classes that lost their `loop` argument in 3.10 (deprecated in 3.8).
WITHOUT_LOOP = frozenset("asyncio." + name for name in """
    sleep wait_for wait gather shield as_completed Lock Event Condition Semaphore BoundedSemaphore Queue PriorityQueue
    LifoQueue open_connection start_server open_unix_connection start_unix_server create_subprocess_exec
    create_subprocess_shell
""".split())


def deprecated_uses(tree: ast.Module, coroutines: set[str]) -> list[tuple[ast.AST, str, str, str | None, str]]:
    """Uses of such API: `(node, what, deprecated in, removed in or None, instead)`.

    `coroutines` are the names of coroutine functions. `get_event_loop()` counts at the top level only, where no loop
    can be running, and not after `set_event_loop`.
    """
    names = _imported(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)):
            name = _resolved(node, names)
            if name in NAMES:
                found.append((node, f"`{name}`", *NAMES[name]))
        if isinstance(node, ast.Call):
            name = _resolved(node.func, names)
            loop = next((word for word in node.keywords if word.arg == "loop"), None)
            if name in WITHOUT_LOOP and loop is not None:
                found.append((loop, f"the argument `loop` of `{name}()`", "3.8", "3.10", f"`{name}()` without it"))
            if name == "asyncio.wait" and node.args and _holds_coroutine(node.args[0], coroutines):
                found.append((node, "a coroutine given to `asyncio.wait()`", "3.8", "3.11",
                              "`asyncio.create_task(…)` around each"))
        if isinstance(node, ast.ImportFrom) and node.module == "asyncio":
            for alias in node.names:
                if f"asyncio.{alias.name}" in NAMES:
                    found.append((node, f"`asyncio.{alias.name}`", *NAMES[f"asyncio.{alias.name}"]))
    sets_loop = any(_resolved(node, names) == "asyncio.set_event_loop" for node in ast.walk(tree))
    for node in [] if sets_loop else _at_top(tree):
        if isinstance(node, ast.Call) and _resolved(node.func, names) == "asyncio.get_event_loop":
            found.append((node, "`asyncio.get_event_loop()` without a running loop", "3.12", None,
                          "`asyncio.run()`; since 3.14 it raises RuntimeError"))
    return found


def _imported(tree: ast.Module) -> dict[str, str]:
    """What the names of asyncio are called here."""
    names = {"asyncio": "asyncio"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname and alias.name == "asyncio"}
        elif isinstance(node, ast.ImportFrom) and node.module == "asyncio":
            names |= {alias.asname or alias.name: f"asyncio.{alias.name}" for alias in node.names}
    return names


def _resolved(node: ast.AST, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _resolved(node.value, names)
        return owner and f"{owner}.{node.attr}"
    return None


def _holds_coroutine(node: ast.AST, coroutines: set[str]) -> bool:
    items = node.elts if isinstance(node, (ast.List, ast.Tuple, ast.Set)) else \
        [node.elt] if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)) else []
    return any(isinstance(item, ast.Call) and isinstance(item.func, ast.Name) and item.func.id in coroutines
               for item in items)


def _at_top(tree: ast.Module):
    """Nodes that run while no function does."""
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            waiting += ast.iter_child_nodes(node)
