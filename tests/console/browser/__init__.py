"""The console in a real Chromium. A package, so that the browser, and its event loop, end with its last test."""
