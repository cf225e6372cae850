"""`python -m entrypoints.cli`, the same as `job-assistant`."""

from entrypoints.cli import main

if __name__ == "__main__":
    main()
