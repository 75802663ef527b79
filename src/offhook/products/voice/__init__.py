"""Voice: calls in and out, and the documents that say what happens on them. Start reading at README.md."""

from offhook.products.voice.api import resources
from offhook.products.voice.building import build_voice
from offhook.products.voice.call import Call
from offhook.products.voice.interpreter.reciting import Recital
from offhook.products.voice.reciting import Reciting
from offhook.products.voice.service import Voice
from offhook.products.voice.texting import NotSentError, Texts

__all__ = ["Call", "NotSentError", "Recital", "Reciting", "Texts", "Voice", "build_voice", "resources"]
