"""The pytest plugin: a phone network for tests, with handsets as objects."""
