"""Offhook: a self-hosted Twilio."""
