"""What one machine carries, and how that changes as the data grows. Run by hand; no test of the product.

    python -m tests.benchmarks.capacity     # requests and jobs a second
    python -m tests.benchmarks.growth       # milliseconds by number of rows, bytes by person and by vacancy
    python -m tests.benchmarks.matching     # search by meaning: milliseconds, memory, what encoding does to `next`

Each takes about six minutes (`--quick`: about one) and needs the extra `test`; the first two start a durable
PostgreSQL and a Redis of their own. Everything runs on this one machine, the callers included, so the absolute figures
are lower than those of machines apart; what is compared is measured in turns, so the ratios can be trusted further than
the figures.
"""
