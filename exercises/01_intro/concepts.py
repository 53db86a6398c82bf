# %% [markdown]
# # In your own words
#
# If you can explain a thing in plain words, you have understood it, and you find the mistake sooner when something does
# not work. This step has no code. You read a little about the things that the next lessons use all the time, and answer
# seven questions in text.
#
# **How to answer.** Below each question is a cell for your answer. Double-click it (or press Enter on it), replace the
# line in it, and run it. Three to five sentences are enough. Write as if you explained it to a friend who studies
# something else: no sentence from this page or from the internet, but your own, with an example of your own where the
# question asks for one.
#
# A teacher reads your answers, marks them and may write a comment. All seven questions count the same.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes, at home or in class. In class it works well as a round: each student explains one
# term to a neighbour, who may only ask "why?" and "for example?". Only then does everybody write.
#
# Mark in formgrader. Below each answer stand what earns points and a reference answer; students see neither, but they
# see your comments. An empty answer gets 0 by itself. A student who wrote into a cell of their own loses
# nothing by it: that text stands with the answer above it.

# %% [markdown]
# ## 1. A server
#
# You have used hundreds of servers today: one sent you this course's page, one your mail, one the map on your phone.
# The word means two things, and both are right. It is a **program** that waits until somebody asks it something over
# the network, and answers. And it is a **computer** that is there to run such programs, mostly without a screen, in a
# room full of its kind (a **data centre**). The program or computer that asks is called the **client**.
#
# **Question 1.** What is a server, and what makes it different from your laptop? Name one that data scientists use, and
# say who asks it what.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 2. Before the cloud
#
# Until about 2006 somebody who needed a server bought one. It was ordered weeks before, from a catalogue, in the size
# that it should have in three years. It stood in a room with a second power supply and a cooling that cost nearly as
# much electricity as the machines did. Somebody had to be called at night when a disk broke.
#
# **Question 2.** What did computing cost a small research group, or a young company, before one could rent it? Name
# what had to be paid besides the machine itself, and say why a machine that is bought is nearly always too large or too
# small.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 3. Renting
#
# In the cloud a machine is there a minute after a program has asked for it. It is paid for by the second and given
# back when the work is done. The provider takes care of the building, the electricity and the broken disks.
#
# **Question 3.** Name three advantages of renting computers over buying them, each with a reason. Then describe one
# case in which buying is the better choice after all.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 4. An IP address
#
# Computers in a network have numbers for one another, such as `203.0.113.25`: **IP addresses**. Each packet of data
# carries the address that it goes to and the one that it comes from. An instance on AWS has a **private** address,
# which only its neighbours in the same network can use, and in most cases a **public** one as well.
#
# **Question 4.** What is an IP address good for? Say what a private and a public address differ in, and which of the
# two you need to reach your instance from your laptop.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 5. A security group
#
# Programs that wait on the same computer are told apart by a number, the **port**: ssh waits on 22, a web server on
# 443, a Jupyter notebook usually on 8888. A **security group** is a list of rules for an instance: which port may be
# reached from which addresses. What no rule allows does not get in. `0.0.0.0/0` means *from anywhere*, and a machine
# whose port 22 is open to anywhere is tried out by strangers' programs within minutes.
#
# **Question 5.** What is a security group good for? Which rule would you write for an instance that only you log in to
# from your own computer by ssh, and what could go wrong if you opened everything to everybody?

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 6. An AMI
#
# A new instance needs something to start from: an operating system, and what is installed in it. That comes from an
# **Amazon Machine Image** (AMI). AWS offers plain ones with Linux or Windows, others sell or give away images with
# Python, R or drivers for graphics cards in them, and you can make one from an instance that you have set up yourself.
#
# **Question 6.** What is an AMI good for? Describe a situation in which you would make one of your own, and what you
# save by it.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 7. An Elastic IP
#
# When an instance is stopped, its public address goes back to AWS, and after the next start it has another one. An
# **Elastic IP** is a public address that belongs to your account until you give it back. You can point it at one
# instance today and at another one tomorrow. It costs half a US cent an hour, whether an instance uses it or not.
#
# **Question 7.** What is an Elastic IP good for? Give an example in which an ordinary public address is not enough, and
# say what to do with it when the project is over, and why.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## To take away
#
# - A server answers; the program that asks is the client. Addresses find the computer, ports the program on it.
# - Renting turns a purchase for years into a price per second: good for work that comes and goes.
# - An AMI is what you start from; a security group decides who gets in; an Elastic IP stays when machines change.
#
# **Read on** in the EC2 User Guide: *What is Amazon EC2?*, *Amazon EC2 instance IP addressing*, *Amazon EC2 security
# groups* and *Elastic IP addresses*.
