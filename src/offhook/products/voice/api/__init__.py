"""The resources of voice."""

from collections.abc import Sequence

from offhook.products.voice.api.call_events import call_events
from offhook.products.voice.api.call_recordings import call_recordings
from offhook.products.voice.api.calls import calls
from offhook.products.voice.api.conference_recordings import conference_recordings
from offhook.products.voice.api.conferences import conferences
from offhook.products.voice.api.history import histories
from offhook.products.voice.api.participants import participants
from offhook.products.voice.api.queue_members import queue_members
from offhook.products.voice.api.queues import queues
from offhook.products.voice.api.recordings import recordings
from offhook.products.voice.api.transcriptions import of_recording, transcriptions
from offhook.products.voice.service import Voice
from offhook.web import Operation


def resources(voice: Voice) -> Sequence[Operation]:
    """Everything this slice serves."""
    bound = (
        calls,
        call_events,
        histories,
        call_recordings,
        recordings,
        transcriptions,
        of_recording,
        queues,
        queue_members,
        conferences,
        participants,
        conference_recordings,
    )
    return [operation for resource in bound for operation in resource.bind(voice)]
