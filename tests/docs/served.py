"""The hook that writes the list of operations, and the operations it finds."""

import importlib.util
from types import ModuleType

from tests.docs.markdown_pages import ROOT, read


def hook() -> ModuleType:
    """`docs/hooks/operations.py`, as MkDocs loads it."""
    spec = importlib.util.spec_from_file_location("operations_hook", ROOT / "docs/hooks/operations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOOK = hook()
OPERATIONS = {f"`{operation.method} {HOOK.path_of(operation)}`": operation for operation in HOOK.operations()}
API_PAGE: str = HOOK.on_page_markdown(read("docs/reference/api.md"))
