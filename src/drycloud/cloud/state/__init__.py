"""What moto does not keep of an account, or keeps too simply: states between states, Spot requests, prices, policies.

Called by patches, rules and the account's snapshot. Knows nothing of requests on their way.
"""
