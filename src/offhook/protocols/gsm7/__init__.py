"""The GSM 7-bit alphabet: how large a text is on the air, where it is cut, and how it can be made smaller.

`measure` answers what a message costs, `split` gives the parts as a carrier sends them, and `smart_encode` swaps
typographic characters for plain ones (Twilio's Smart Encoding).
"""

from .segments import Measure, measure, split
from .smart_encoding import smart_encode

__all__ = ["Measure", "measure", "smart_encode", "split"]
