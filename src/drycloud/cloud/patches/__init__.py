"""Narrow patches of moto's models, for what no rule before or after a request can mend."""
