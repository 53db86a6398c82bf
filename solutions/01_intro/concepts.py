# %% [markdown] tags=["answer"]
# A server waits for requests from other programs and answers them; the same word is used for the computer that such a
# program runs on. My laptop is made for one person who sits in front of it, and it is often switched off. A server
# serves many people at once, runs day and night, and nobody sits at it. One that data scientists use is a database
# server: their notebook, the client, sends it a query and gets the rows back.

# %% [markdown] tags=["answer"]
# The machine had to be paid in full before it did any work, often tens of thousands of dollars. Then came the room,
# electricity and cooling, the network, spare parts, and above all the people who looked after it. Because the order
# had to be made for years in advance, the size was a guess: most of the time the machine idled, and in the one week
# before a deadline it was too slow, with the next one weeks away.

# %% [markdown] tags=["answer"]
# First, nothing has to be paid in advance: a test costs cents, and when it fails it is over. Second, the size follows
# the work: a hundred machines for an hour, none at night. Third, the provider's staff replaces what breaks, so a small
# team needs no administrator for hardware. Buying can be better when a machine is busy day and night for years,
# because then the sum of the rents exceeds its price; or when data may not leave the building.

# %% [markdown] tags=["answer"]
# It says where a packet has to go, like the number of a telephone: without it nobody could ask a particular computer
# anything. A private address is known only inside its own network, and the same one is used again in other networks;
# a public address exists once in the whole internet. From my laptop, which is outside of the network at AWS, I need
# the instance's public address.

# %% [markdown] tags=["answer"]
# It is a firewall around an instance: it lets in only what one of its rules allows, by port and by where it comes
# from. For ssh I would allow TCP port 22 from the address of my own computer alone, as 198.51.100.7/32. If everything
# were open to everybody, strangers could guess passwords or use a fault in any program that listens, read our data, or
# mine coins on the machine at our expense.

# %% [markdown] tags=["answer"]
# An AMI is the template of the disk that an instance starts from: operating system and everything installed. If
# setting up a machine for our analysis takes an hour (drivers, Python packages, settings), I do it once, make an AMI,
# and start twenty equal machines from it that are ready in a minute. That saves time, and all of them have the same
# versions, so that results can be repeated.

# %% [markdown] tags=["answer"]
# It is a public address that stays the same while machines come and go. A dashboard that colleagues have bookmarked,
# or a firewall of a partner who admits us by our address, would break each time the instance is stopped and started;
# with an Elastic IP I move the address to the new instance and nobody notices. When the project is over I release it,
# because it costs money for as long as it is allocated, even if nothing uses it.
