"""Messaging: texts in and out. Start reading at README.md, then sending.py and receiving.py."""

from offhook.products.messaging.api import resources
from offhook.products.messaging.attaching import Attaching
from offhook.products.messaging.building import build_messaging
from offhook.products.messaging.message import Message
from offhook.products.messaging.private import Private
from offhook.products.messaging.service import Messaging

__all__ = ["Attaching", "Message", "Messaging", "Private", "build_messaging", "resources"]
