# The line that was to be replaced still stands above each answer.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*
#
# A server is a program that waits for others to ask it something. Unlike my laptop it is always on. JupyterHub is
# one: my browser asks it for a notebook.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*
#
# You had to buy the machine with all the money at once, and then pay for power, cooling and somebody who repairs it.
# You buy for the busiest day, so on all other days it is too large.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*
#
# 1. No money needed before the first result.
# 2. Many machines for a short time.
# 3. The provider repairs them.
#
# Buying is better if the machine is busy all the time for years.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*
#
# It is the number by which computers find each other. A private one works inside the network only, a public one
# everywhere. From the laptop I need the public one.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*
#
# It says who may reach which port. I would allow port 22 from my own address. If all is open, somebody gets in by a
# guessed password and steals the data.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*
#
# It is what an instance starts from. When I have installed everything for our group I make an AMI, and the next machine
# is ready at once.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*
#
# An address that stays the same after stop and start, for a web page that others have bookmarked. At the end it has to
# be released, because it costs money as long as I have it.
