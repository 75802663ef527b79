"""Wire formats without input or output: bytes and time go in, values and bytes come out.

Nothing here opens a socket, starts a thread or reads a clock, so every rule can be tested as a table of cases.
Each protocol is its own package and knows nothing of its neighbours.
"""
