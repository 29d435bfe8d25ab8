"""A block's text as a program: what is code, what is pasted output, how it wants to be run."""
import ast
import builtins
import re
import textwrap
import warnings

_FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
#: Also what is meant as code and misses its colon.
_CODE_LINE = re.compile(
    r"\s*(async\s|await\s|def\s|class\s|import\s|from\s+\S+\s+import|return\b|for\s.*:|for\s+[\w, ()]+\s+in\s"
    r"|while\s.*:|while\s+(True|not|\d)\b|if\s.*:|if\s.*[=<>(]|(else|try|finally)\s*:?\s*$|elif\s|except\b.*:"
    r"|with\s.*:|raise\b|print\s*[('\"]|@\w|\w+\s*=[^=]|[\w.]+\(.*\)\s*$)"
)
_PROMPT = re.compile(r"\s*(>>>|In \[\d+\]:|\.\.\.:?)( |$)")
_FIRST_PROMPT = re.compile(r"\s*(>>>|In \[\d+\]:)( |$)")
#: A notebook's own commands: `%%time`, `%matplotlib inline`, `!pip install x`.
_MAGIC = re.compile(r"\s*(%%?[A-Za-z]|!\s*\w)")
_TRACEBACK_FILE = re.compile(r'\s*File ".*", line \d+')


class Program:
    """A block, read. `code` is what runs, with the block's own line count up to its end; `tree` has the note's line
    numbers; `mode` is `script`, `await` (top-level await, as in a REPL) or `repl` (`>>>` lines, which echo).
    `error` is the SyntaxError of a block that is none, `output` true when it is only output, `warnings` what Python's
    reader warns of."""

    def __init__(self, block: dict, file: str) -> None:
        self.id, self.line, self.text = block["id"], block["line"], block["code"]
        self.file = file
        self.meta = block.get("meta") or {}
        self.first_line = self.line + 1
        self.code, self.mode = self.text, "script"
        self.error: SyntaxError | None = None
        self.output = False
        self.warnings: list[warnings.WarningMessage] = []
        self._tree: ast.Module | None = None
        self._is_read = False

    @property
    def tree(self) -> ast.Module | None:
        """None for a block that is no program. Read when first asked for: most blocks of a note are not."""
        if not self._is_read:
            self._is_read = True
            self._read()
        return self._tree

    def _parse(self, code: str):
        """The tree of `code` with the note's line numbers: newlines before it put it at its place."""
        return compile("\n" * self.line + code, self.file, "exec", flags=ast.PyCF_ONLY_AST | _FLAGS,
                       dont_inherit=True)

    def _read(self) -> None:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            self._try_all()
            self.warnings = list(told)
        if self._tree is not None:
            _drop_words(self._tree)
        if self._tree is not None and self.mode == "script":
            self.mode = "await" if _awaits(self._tree) else "script"

    def _try_all(self) -> None:
        try:
            self._tree = self._parse(self.code)
            return
        except (SyntaxError, ValueError) as error:
            self.error = error if isinstance(error, SyntaxError) else SyntaxError(str(error))
        lines = self.text.split("\n")
        if any(_FIRST_PROMPT.match(line) for line in lines):
            if self._accept("\n".join(_without_prompt(line) for line in lines)):
                self.mode = "repl"
                return
        if self._accept(textwrap.dedent(self.text)):
            return
        if self._accept("\n".join("" if _MAGIC.match(line) else line for line in lines)):
            return
        if self._accept_without_output(lines):
            return
        self.output = not any(_CODE_LINE.match(line) for line in lines)

    def _accept_without_output(self, lines: list[str]) -> bool:
        """Splits off what stands below the code and is none, from where it stopped being Python upwards."""
        quoted = {n + 1 for n, line in enumerate(lines) if _TRACEBACK_FILE.match(line)}
        start = min(len(lines), max(1, (self.error.lineno or 1) - self.line))
        for end in range(start, 0, -1):
            tail = [line for n, line in enumerate(lines[end:], end) if line.strip() and n not in quoted]
            if any(_CODE_LINE.match(line) for line in tail):
                return False
            if lines[end - 1].strip() and (tail or end < start) and self._accept("\n".join(lines[:end])):
                return True
        return False

    def _accept(self, code: str) -> bool:
        try:
            tree = self._parse(code)
        except (SyntaxError, ValueError):
            return False
        if not tree.body:
            return False
        self.code, self._tree, self.error = code, tree, None
        return True


def _drop_words(tree: ast.Module) -> None:
    """Takes away the last lines of a program that are words which nothing in it defines: output pasted below the
    code that happens to be Python."""
    while len(tree.body) > 1 and isinstance(last := tree.body[-1], ast.Expr):
        parts = list(ast.walk(last.value))
        names = {node.id for node in parts if isinstance(node, ast.Name)}
        plain = all(isinstance(node, (ast.Name, ast.Tuple, ast.Constant, ast.expr_context)) for node in parts)
        if not plain or all(hasattr(builtins, name) for name in names) or names & bound_names(tree):
            return
        del tree.body[-1]


def _awaits(tree: ast.Module) -> bool:
    """Whether a program awaits outside of any function."""
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Await, ast.AsyncFor, ast.AsyncWith)):
            return True
        if isinstance(node, ast.comprehension) and node.is_async:
            return True
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            waiting += [*node.decorator_list, *node.args.defaults]
        elif not isinstance(node, (ast.Lambda, ast.GeneratorExp)):
            waiting += ast.iter_child_nodes(node)
    return False


def _without_prompt(line: str) -> str:
    found = _PROMPT.match(line)
    return line[found.end():] if found else ""


def implicit_main(tree: ast.Module) -> str | None:
    """The coroutine that a block defines but never runs: `main`, else the only zero-argument one that nothing
    calls."""
    top = [node for node in tree.body if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
    used_at_top = {name.id for node in top for name in ast.walk(node) if isinstance(name, ast.Name)}
    runs = any(isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
               and call.func.attr in ("run", "run_until_complete", "run_forever")
               for node in top for call in ast.walk(node))
    coroutines = {node.name: node for node in tree.body
                  if isinstance(node, ast.AsyncFunctionDef) and not node.decorator_list and _takes_nothing(node)
                  and not _yields(node)}
    if "main" in coroutines and "main" not in used_at_top:
        return "main"
    if runs or "main" in coroutines:
        return None
    used = {name.id for name in ast.walk(tree) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Load)}
    idle = [name for name in coroutines if name not in used]
    return idle[0] if len(idle) == 1 else None


def _takes_nothing(node) -> bool:
    arguments = node.args
    positional = len(arguments.posonlyargs) + len(arguments.args)
    return positional <= len(arguments.defaults) and all(item is not None for item in arguments.kw_defaults)


def _yields(function) -> bool:
    waiting = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            waiting += ast.iter_child_nodes(node)
    return False


def bound_names(tree: ast.AST) -> set[str]:
    """All names that a program gives a value anywhere, without regard to scope."""
    bound = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            bound.add(node.name)
    return bound
