"""Work that is handed out to an outside automation."""
