"""`import offhook` costs next to nothing and offers what it says."""

import subprocess
import sys
from importlib.metadata import version

import pytest

import offhook
from offhook.interception.patching import patch


def test_importing_it_imports_nothing_else():
    show = "import sys; before = set(sys.modules); import offhook; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {name for name in loaded if name.partition(".")[0] not in sys.stdlib_module_names} == {"offhook"}


def test_patch_is_the_one_of_interception():
    assert offhook.patch is patch


def test_the_version_is_the_packages():
    assert offhook.__version__ == version("offhook")


def test_other_names_are_missing_as_from_any_module():
    with pytest.raises(AttributeError, match="module 'offhook' has no attribute 'unpatch'"):
        _ = offhook.unpatch
