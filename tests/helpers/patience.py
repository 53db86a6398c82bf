"""How long tests wait for what has to come."""

PATIENCE = 900  # seconds until something that does not come is a failure; never how long it takes
