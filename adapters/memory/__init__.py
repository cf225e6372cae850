"""Everything kept in the memory of one process: for tests, for a try-out, for the contracts."""
