# loses: answer-5, answer-6, answer-7
# The last three cells were deleted.

# %% [markdown] tags=["answer"]
# A server is a program that waits for others to ask it something. Unlike my laptop it is always on. JupyterHub is
# one: my browser asks it for a notebook.

# %% [markdown] tags=["answer"]
# You had to buy the machine with all the money at once, and then pay for power, cooling and somebody who repairs it.
# You buy for the busiest day, so on all other days it is too large.

# %% [markdown] tags=["answer"]
# 1. No money needed before the first result.
# 2. Many machines for a short time.
# 3. The provider repairs them.
#
# Buying is better if the machine is busy all the time for years.

# %% [markdown] tags=["answer"]
# It is the number by which computers find each other. A private one works inside the network only, a public one
# everywhere. From the laptop I need the public one.
