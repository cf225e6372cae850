"""Models of meaning that carry their weights in their packages and need no network."""

import os

# Before numpy is loaded, which reads it then. Its products here are small: several threads would wait for each other
# most of the time, four times as long as one takes on a busy machine, and take the cores from other work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
