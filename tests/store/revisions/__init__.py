"""Full data of every earlier revision of the database, and the means to make the newest one's.

Whoever adds a migration first keeps what stands before it, on a clean tree:

    python -m tests.store.revisions

That rehearses a quarter at the newest revision and writes `<revision>.json.gz` beside this
file. Add the migration afterwards. A file that is kept is never made again.
"""
