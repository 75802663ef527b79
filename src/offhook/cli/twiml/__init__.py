"""`offhook twiml`: what a document does, and what is wrong with it.

`sources` gets it, `judging` says what Twilio would complain of, `words` says what it does, `command` shows both.
"""
