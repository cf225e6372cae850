"""The queues of messages to the workers."""

FILES, SEARCHES = "files", "searches"

QUEUES = {"parse_upload": FILES, "run_search": SEARCHES, "merge_late": SEARCHES}
"""Which queue each actor reads."""
