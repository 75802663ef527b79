"""What a process is. Composition roots: objects are built and wired here, by hand, top to bottom."""
