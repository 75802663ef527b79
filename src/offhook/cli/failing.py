"""How a command says that it cannot do its work: a sentence for the person and an exit code, never a traceback."""


class CommandError(Exception):
    """The sentence says what is wrong and what to do next."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
