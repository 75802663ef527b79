"""The console in a real Chromium. A package, so that the browser ends with its last test, and its event loop with it."""
