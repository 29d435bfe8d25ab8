"""Under which names the author keeps what calls make: `left, right = Lock(), Lock()`."""
import ast


class Names:
    """Names by the place at which a call's text ends, which tells calls of one line apart."""

    def __init__(self) -> None:
        self._at: dict[tuple, str] = {}

    def read(self, tree: ast.AST) -> None:
        """Notes the names in a block's tree, whose positions are the note's."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._pair(target, node.value)
            elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
                self._pair(node.target, node.value)
            elif isinstance(node, ast.keyword) and node.arg is not None:
                self._give(node.arg, node.value)
            elif isinstance(node, ast.withitem) and node.optional_vars is not None:
                self._pair(node.optional_vars, node.context_expr)

    def of_call(self, frame) -> str | None:
        """The name for what the call makes in which `frame` stands now."""
        positions = frame.f_code.co_positions()
        _, line, _, column = next((one for n, one in enumerate(positions) if 2 * n == frame.f_lasti), (None,) * 4)
        return self._at.get((line, column))

    def _pair(self, target: ast.expr, value: ast.expr) -> None:
        several = (ast.Tuple, ast.List)
        if isinstance(target, several):
            if isinstance(value, several) and len(value.elts) == len(target.elts):
                for one, its_value in zip(target.elts, value.elts):
                    self._pair(one, its_value)
            elif isinstance(value, (ast.GeneratorExp, ast.ListComp)):
                self._give(" ".join(filter(None, map(_name_of, target.elts))), value)
        elif (name := _name_of(target)) is not None:
            self._give(name, value)

    def _give(self, name: str, value: ast.expr) -> None:
        """Names the calls whose results `value` is or holds; what stands in another call's arguments is that one's."""
        if isinstance(value, ast.Call):
            self._at.setdefault((value.end_lineno, value.end_col_offset), name)
        elif isinstance(value, (ast.List, ast.Tuple, ast.Set)):
            for one in value.elts:
                self._give(name, one)
        elif isinstance(value, ast.Dict):
            for key, one in zip(value.keys, value.values):
                own = key.value if isinstance(key, ast.Constant) and type(key.value) is str else name
                self._give(own, one)
        elif isinstance(value, (ast.ListComp, ast.GeneratorExp, ast.SetComp)):
            self._give(name, value.elt)
        elif isinstance(value, ast.DictComp):
            self._give(name, value.value)
        elif isinstance(value, ast.IfExp):
            self._give(name, value.body)
            self._give(name, value.orelse)
        elif isinstance(value, ast.BoolOp):
            for one in value.values:
                self._give(name, one)
        elif isinstance(value, (ast.Await, ast.NamedExpr)):
            self._give(name, value.value)


def _name_of(target: ast.expr) -> str | None:
    if isinstance(target, ast.Name):
        return target.id
    if isinstance(target, ast.Attribute):
        return target.attr
    if isinstance(target, (ast.Subscript, ast.Starred)):
        return _name_of(target.value)
    return None
