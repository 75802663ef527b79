"""What can go wrong with sound. Each text is a sentence for the person who reads the log."""


class SoundError(Exception):
    """Sound could not be made, read or understood."""


class EngineMissingError(SoundError):
    """The program that would do the work is not installed; the text says what to install."""


class UnplayableError(SoundError):
    """A file cannot be played: it is no sound, of a kind that nobody reads here, too large or too long."""


class WorkerError(SoundError):
    """The process that does the work ended, or was stopped because it took too long."""
