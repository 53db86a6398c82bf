"""State that moto does not keep, or keeps too simply: transitions, Spot requests, prices, policies.

Called by patches, rules and the account's snapshot. Knows nothing about requests.
"""
