"""The hooks that write pages from the program, as MkDocs loads them, and the operations that they find."""

import importlib.util
from types import ModuleType

from tests.docs.markdown_pages import ROOT, read


def hook(name: str) -> ModuleType:
    """`docs/hooks/<name>.py`."""
    spec = importlib.util.spec_from_file_location(f"{name}_hook", ROOT / f"docs/hooks/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOOK = hook("operations")
ERROR_HOOK = hook("errors")
OPERATIONS = {f"`{operation.method} {HOOK.path_of(operation)}`": operation for operation in HOOK.operations()}
API_PAGE: str = HOOK.on_page_markdown(read("docs/reference/api.md"))
