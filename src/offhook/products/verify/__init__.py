"""Verify: codes that prove who has a number or a mailbox. Start reading at README.md, then verifications.py."""

from offhook.products.verify.api import resources
from offhook.products.verify.building import Rules, build_verify
from offhook.products.verify.verify import Verify

__all__ = ["Rules", "Verify", "build_verify", "resources"]
