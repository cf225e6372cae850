"""Work handed out to an outside automation, and what comes back of it."""
