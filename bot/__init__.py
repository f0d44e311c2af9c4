"""The bot room runs: command line, settings, wiring, clock, scheduler, sender, demo, rehearsal."""
