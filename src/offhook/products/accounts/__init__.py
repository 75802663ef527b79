"""Accounts: who may call the API, and the tokens that sign their webhooks. Start reading at registry.py."""

from offhook.products.accounts.account import Account
from offhook.products.accounts.api import resources
from offhook.products.accounts.registry import Accounts

__all__ = ["Account", "Accounts", "resources"]
