# loses: answer-3
# The third answer is missing: its cell is as it was.

# %% [markdown] tags=["answer"]
# A server is a program that waits for others to ask it something. Unlike my laptop it is always on. JupyterHub is
# one: my browser asks it for a notebook.

# %% [markdown] tags=["answer"]
# You had to buy the machine with all the money at once, and then pay for power, cooling and somebody who repairs it.
# You buy for the busiest day, so on all other days it is too large.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown] tags=["answer"]
# It is the number by which computers find each other. A private one works inside the network only, a public one
# everywhere. From the laptop I need the public one.

# %% [markdown] tags=["answer"]
# It says who may reach which port. I would allow port 22 from my own address. If all is open, somebody gets in by a
# guessed password and steals the data.

# %% [markdown] tags=["answer"]
# It is what an instance starts from. When I have installed everything for our group I make an AMI, and the next machine
# is ready at once.

# %% [markdown] tags=["answer"]
# An address that stays the same after stop and start, for a web page that others have bookmarked. At the end it has to
# be released, because it costs money as long as I have it.
