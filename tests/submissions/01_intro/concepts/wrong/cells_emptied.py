# loses: answer-1, answer-7
# Two cells were emptied: nothing but white space is left in them.

# %% [markdown] tags=["answer"]
#    

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

# %% [markdown] tags=["answer"]
# It says who may reach which port. I would allow port 22 from my own address. If all is open, somebody gets in by a
# guessed password and steals the data.

# %% [markdown] tags=["answer"]
# It is what an instance starts from. When I have installed everything for our group I make an AMI, and the next machine
# is ready at once.

# %% [markdown] tags=["answer"]
#
#
