# %% [markdown] tags=["answer"]
# A server waits for requests from other programs and answers them; the computer that such a program runs on is also
# called a server. My laptop is made for one person who sits in front of it, and it is often switched off. A server
# serves many people at once, runs day and night, and nobody sits in front of it. One that data scientists use is a
# database server: their notebook, the client, sends it a query and gets the rows back.

# %% [markdown] tags=["answer"]
# They had to pay the full price of the machine before it did any work, often tens of thousands of dollars. Further
# costs were the room, electricity and cooling, the network, spare parts, and above all the people who maintained it.
# They had to order it years in advance, so its size was a guess: most of the time the machine was idle, and in the week
# before a deadline it was too slow, and a second one would have arrived weeks later.

# %% [markdown] tags=["answer"]
# First, I do not pay anything in advance: a test costs a few cents, and if it fails I stop paying. Second, the number
# of machines follows the work: a hundred machines for an hour, none at night. Third, the provider replaces hardware
# that fails, so a small team does not need a hardware administrator. Buying can be better when a machine is busy day
# and night for years, because then renting costs more in total than buying; or when the data must not leave the
# building.

# %% [markdown] tags=["answer"]
# It says which computer a packet has to go to, like a telephone number: without it nobody could send a request to a
# particular computer. A private address works only inside its own network, and other networks use the same address
# again; a public address is unique on the whole internet. My laptop is outside the instance's network at AWS, so I need
# the instance's public address.

# %% [markdown] tags=["answer"]
# It is a firewall for an instance: it allows only the connections that one of its rules allows, by port and by source
# address. For ssh I would allow TCP port 22 only from the address of my own computer, for example 198.51.100.7/32. If
# everything were open to everybody, attackers could guess passwords or use a security bug in any program that listens,
# read our data, or mine cryptocurrency on the machine at our expense.

# %% [markdown] tags=["answer"]
# An AMI is the template for the disk that an instance starts from: the operating system and all installed software. If
# it takes an hour to set up a machine for our analysis (drivers, Python packages, settings), I do it once, create an
# AMI, and launch twenty identical instances from it that are ready in a minute. That saves time, and all of them have
# the same software versions, so we can reproduce results.

# %% [markdown] tags=["answer"]
# It is a public address that stays the same when instances are stopped or replaced. If colleagues have bookmarked a
# dashboard, or a partner's firewall allows only our address, access would fail each time the instance is stopped and
# started. With an Elastic IP address I associate the same address with the new instance, and nobody notices. When the
# project is over I release it, because it costs money as long as it is allocated, even if nothing uses it.
