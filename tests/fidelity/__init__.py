"""The table of behaviours (`rows`), and what asks stock moto and our cloud for each."""
