"""The store room keeps: tables, queries, transactions, outbox and inbox rows, audit, imports."""
