"""The interpreter of voice documents: pure generators that yield effects and are sent results.

`running` carries out documents, one file for each family of verbs; `calling` comes before them on calls that go out.
`effects` holds what is asked for and told, `session` what every verb works on.
"""

from offhook.products.voice.interpreter.calling import Plan, call, call_for
from offhook.products.voice.interpreter.running import follow, run
from offhook.products.voice.interpreter.session import DocumentError, HungUpError, Session, Steps

__all__ = ["DocumentError", "HungUpError", "Plan", "Session", "Steps", "call", "call_for", "follow", "run"]
