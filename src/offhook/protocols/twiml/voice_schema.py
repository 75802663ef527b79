"""The verbs and nouns of a voice document, all that Twilio has (Twilio, "TwiML for Programmable Voice").

What values an attribute may have is not said here but where the verb is read, as Twilio has other numbers for them in
each verb.
"""

from collections.abc import Mapping

from . import ssml
from .schema import Rule

INVALID_IN_DIAL = 13215
INVALID_IN_GATHER = 13320

_PARAMETER = {"Parameter": "Parameter"}
_PROMPTS = {"Say": "Say", "Play": "Play", "Pause": "Pause"}
_RECORDING = "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent"
_STATUS = "url method statusCallback statusCallbackMethod statusCallbackEvent"
_DETECTION = (
    "machineDetection machineDetectionTimeout machineDetectionSpeechThreshold machineDetectionSpeechEndThreshold "
    "machineDetectionSilenceTimeout amdStatusCallback amdStatusCallbackMethod"
)


def _names(*names: str) -> dict[str, None]:
    return dict.fromkeys(" ".join(names).split())


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in " ".join(names).split()}


_VERBS = {
    "Response": Rule(
        children=_same(
            "Say Play Pause Gather Record Dial Enqueue Leave Redirect Hangup Reject Sms Connect Echo Pay Prompt Refer "
            "Start Stop Queue"
        )
    ),
    "Say": Rule(_names("voice language loop"), {tag: f"ssml {tag}" for tag in ssml.TAGS}, text=True),
    "Play": Rule(_names("loop digits"), text=True),
    "Pause": Rule(_names("length")),
    "Gather": Rule(
        _names(
            "input action method timeout speechTimeout maxSpeechTime finishOnKey numDigits hints language enhanced "
            "partialResultCallback partialResultCallbackMethod bargeIn speechModel profanityFilter debug "
            "actionOnEmptyResult"
        ),
        _PROMPTS,
        stray=INVALID_IN_GATHER,
    ),
    "Record": Rule(
        _names(
            "action method timeout finishOnKey maxLength playBeep trim transcribe transcribeCallback "
            "recordingConfigurationId",
            _RECORDING,
        )
    ),
    "Enqueue": Rule(
        _names("action method waitUrl waitUrlMethod maxQueueSize workflowSid"), {"Task": "Task"}, text=True
    ),
    "Task": Rule(_names("priority timeout"), text=True),
    "Leave": Rule(),
    "Redirect": Rule(_names("method"), text=True),
    "Hangup": Rule(children=_PARAMETER),
    "Reject": Rule(_names("reason"), _PARAMETER),
    "Sms": Rule(_names("to from action method statusCallback"), text=True),
    "Parameter": Rule(_names("name value")),
}

_DIAL = {
    "Dial": Rule(
        _names(
            "action method timeout timeLimit hangupOnStar callerId record trim recordingTrack recordingConfigurationId "
            "answerOnBridge ringTone sequential referUrl referMethod events passports",
            _RECORDING,
        ),
        _same("Number Client Sip Conference Queue Application Sim WhatsApp"),
        text=True,
        stray=INVALID_IN_DIAL,
    ),
    "Number": Rule(_names("sendDigits byoc", _STATUS, _DETECTION), text=True),
    "Client": Rule(_names(_STATUS), {"Identity": "text only"} | _PARAMETER, text=True),
    "Sip": Rule(_names("username password", _STATUS, _DETECTION), {"Uri": "Uri", "Headers": "Headers"}, text=True),
    "Uri": Rule(_names("username password priority weight"), text=True),
    "Headers": Rule(children={"Header": "Parameter"}),
    "Conference": Rule(
        _names(
            "muted startConferenceOnEnter endConferenceOnExit beep waitUrl waitMethod maxParticipants record trim "
            "coach participantLabel region jitterBufferSize recordingConfigurationId eventCallbackUrl "
            "statusCallback statusCallbackMethod statusCallbackEvent",
            _RECORDING,
        ),
        text=True,
    ),
    "Queue": Rule(_names("url method reservationSid postWorkActivitySid"), text=True),
    "Application": Rule(
        _names("copyParentTo customerId", _STATUS), {"ApplicationSid": "text only"} | _PARAMETER, text=True
    ),
    "Sim": Rule(text=True),
    "WhatsApp": Rule(_names(_STATUS), text=True),
    "text only": Rule(text=True),
}

_NOT_CARRIED_OUT = {
    "Connect": Rule(
        _names("action method"),
        _same("AiSession Autopilot Conversation ConversationRelay ConversationRelaySession Room Stream VirtualAgent"),
    ),
    "AiSession": Rule(_names("aiConnector aiSessionConfiguration")),
    "Autopilot": Rule(text=True),
    "Conversation": Rule(
        _names("inboundAutocreation inboundTimeout record routingAssignmentTimeout serviceInstanceSid trim")
        | _names(_STATUS, _RECORDING)
    ),
    "ConversationRelay": Rule(
        _names(
            "applicationReconnect asrSmartFormat backgroundNoiseReduction customerName debug deepgramSmartFormat "
            "dtmfDetection eagerEotThreshold echoPromptFiltering elevenlabsLanguageTextNormalization "
            "elevenlabsTextNormalization events hints ignoreBackchannel includeInPrompt intelligenceService "
            "interruptSensitivity interruptible language partialPromptOnHangup partialPrompts preemptible "
            "profanityFilter reportInputDuringAgentSpeech speechModel speechTimeout transcriptionLanguage "
            "transcriptionProvider ttsLanguage ttsLanguageTextNormalization ttsProvider ttsTextNormalization "
            "turnDetection url voice welcomeGreeting welcomeGreetingInterruptible"
        ),
        {"Language": "Language"} | _PARAMETER,
    ),
    "Language": Rule(
        _names(
            "asrSmartFormat code hints speechModel transcriptionProvider ttsLanguageTextNormalization ttsProvider "
            "ttsTextNormalization voice"
        )
    ),
    "ConversationRelaySession": Rule(_names("connector sessionConfiguration")),
    "Room": Rule(_names("participantIdentity"), text=True),
    "VirtualAgent": Rule(
        _names("connectorName language sentimentAnalysis statusCallback statusCallbackMethod"),
        {"Config": "Parameter"} | _PARAMETER,
    ),
    "Echo": Rule(),
    "Pay": Rule(
        _names(
            "action bankAccountType chargeAmount currency description input language maxAttempts minPostalCodeLength "
            "paymentConnector paymentMethod postalCode securityCode statusCallback statusCallbackMethod timeout "
            "tokenType validCardTypes"
        ),
        {"Prompt": "Prompt"} | _PARAMETER,
    ),
    "Prompt": Rule(_names("attempt cardType errorType for requireMatchingInputs"), _PROMPTS),
    "Refer": Rule(_names("action method"), {"Sip": "text only"}),
    "Start": Rule(_names("action method"), _same("Recording Siprec Stream Transcription")),
    "Stop": Rule(children=_same("Siprec Stream Transcription")),
    "Recording": Rule(_names("channels recordingConfigurationId track trim", _RECORDING)),
    "Siprec": Rule(_names("connectorName name statusCallback statusCallbackMethod track"), _PARAMETER),
    "Stream": Rule(
        _names("audioFormat connectorName name sampleRate statusCallback statusCallbackMethod track url"), _PARAMETER
    ),
    "Transcription": Rule(
        _names(
            "enableAutomaticPunctuation hints inboundTrackLabel intelligenceService languageCode name "
            "outboundTrackLabel partialResults profanityFilter speechModel statusCallbackMethod statusCallbackUrl "
            "track transcriptionEngine"
        ),
        {"Config": "Parameter"} | _PARAMETER,
    ),
}

_INSIDE_WORDS = "break emphasis lang phoneme prosody say-as sub w"
_INSIDE: Mapping[str, str] = {
    "emphasis": _INSIDE_WORDS,
    "lang": f"{_INSIDE_WORDS} p s",
    "p": f"{_INSIDE_WORDS} s",
    "prosody": f"{_INSIDE_WORDS} p s",
    "s": _INSIDE_WORDS,
    "w": "break emphasis phoneme prosody say-as sub",
}
_SSML = {
    f"ssml {tag}": Rule(
        _names(*attributes),
        {inner: f"ssml {inner}" for inner in _INSIDE.get(tag, "").split()},
        text=tag != "break",
    )
    for tag, attributes in ssml.TAGS.items()
}

VOICE: Mapping[str, Rule] = _VERBS | _DIAL | _NOT_CARRIED_OUT | _SSML
NOT_CARRIED_OUT = frozenset({"Connect", "Echo", "Pay", "Prompt", "Queue", "Refer", "Start", "Stop"})
