"""Workshops in folders of their own, and files to play."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from offhook.media import Workshop
from offhook.storage import Blobs


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


@pytest.fixture
def working(tmp_path: Path, blobs: Blobs):
    """Runs a scenario with a workshop and closes it."""

    def run(scenario: Callable[[Workshop], Awaitable[object]], **options):
        async def scene():
            workshop = Workshop(tmp_path / "sound", blobs, **options)
            try:
                return await scenario(workshop)
            finally:
                await workshop.close()

        return asyncio.run(scene())

    return run


@pytest.fixture
def sound_file():
    """The bytes of a file with a tone of 440 Hz."""

    def make(duration: float = 1.0, rate: int = 8_000, channels: int = 1, format: str = "WAV", **how) -> bytes:
        tone = (np.sin(2 * np.pi * 440 * np.arange(int(duration * rate)) / rate) * 8_000).astype(np.int16)
        file = io.BytesIO()
        soundfile.write(file, np.stack([tone] * channels, axis=1), rate, format=format, **how)
        return file.getvalue()

    return make
