# %% [markdown]
# # In your own words
#
# If you can explain something in plain words, you have understood it, and you find the mistake sooner when something
# does not work. This step has no code. You read a short introduction to seven terms that the next lessons use all the
# time, and answer one question about each of them in writing.
#
# **How to answer.** Below each question is a cell for your answer. Double-click it (or select it and press Enter),
# replace the line in it with your answer, and run the cell. Three to five sentences are enough. Write as if you were
# explaining it to a friend who studies something else. Use your own sentences, not sentences from this page or from the
# internet, and your own example where the question asks for one.
#
# A teacher reads your answers, gives points for them, and may write a comment. All seven questions are worth the same
# number of points.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes, at home or in class. In class this works well: each student first explains one
# term to another student, who may only ask "why?" and "for example?". After that, everybody writes.
#
# Grade the answers in formgrader. Below each answer, formgrader shows what earns points, and a reference answer.
# Students see neither of them, but they see your comments. An empty answer gets 0 points automatically. If a student
# wrote in a cell of their own, the text is not lost: you see it together with the answer above it.

# %% [markdown]
# ## 1. A server
#
# You have used hundreds of servers today: one sent you this course's page, one sent you your email, one sent the map to
# your phone. The word *server* has two meanings, and both are correct. A server is a **program** that waits for
# requests from the network and responds to them. A server is also a **computer** that runs such programs, usually
# without a screen, in a building with many other computers (a **data centre**). The program or computer that sends the
# request is called the **client**.
#
# **Question 1.** What is a server, and how is it different from your laptop? Name one that data scientists use, and say
# who sends requests to it, and what they ask for.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 2. Before the cloud
#
# Until about 2006, if you needed a server, you bought one. You ordered it from a catalogue, weeks before you needed it,
# and large enough for the next three years. You put it in a room with a second power supply and a cooling system that
# used nearly as much electricity as the machines. When a disk failed at night, somebody had to come and replace it.
#
# **Question 2.** Before it was possible to rent computers, what did a small research group or a young company have to
# pay for? Name the costs besides the machine itself, and explain why a machine that you buy is nearly always too large
# or too small.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 3. Renting
#
# In the cloud you get a machine about a minute after your program has requested it. You pay for it by the second, and
# give it back when the work is done. The cloud provider takes care of the building, the electricity, and the disks that
# fail.
#
# **Question 3.** Name three advantages of renting computers over buying them, each with a reason. Then describe one
# case in which it is better to buy.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 4. An IP address
#
# Each computer in a network has a number, such as `203.0.113.25`: its **IP address**. Each packet of data contains the
# address that it goes to and the address that it comes from. An EC2 instance has a **private** address, which only
# other machines in the same network can use, and in most cases also a **public** address.
#
# **Question 4.** What is an IP address used for? Explain the difference between a private and a public address, and
# which of the two you need to reach your instance from your laptop.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 5. A security group
#
# Several programs on one computer can wait for requests. A number, the **port**, says which of them a request is for:
# ssh listens on port 22, a web server on 443, a Jupyter notebook usually on 8888. A **security group** is a list of
# rules for an instance. Each inbound rule says which port can be reached from which addresses. If no rule allows a
# connection, the security group blocks it. `0.0.0.0/0` means *from any address*. If port 22 of a machine is open to any
# address, attackers' programs find it within minutes and try to log in.
#
# **Question 5.** What is a security group used for? Which inbound rule would you write for an instance if only you log
# in to it, with ssh, from your own computer? What could go wrong if you opened all ports to everybody?

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 6. An AMI
#
# A new instance needs something to start from: an operating system, and the software that is installed on it. Both come
# from an **Amazon Machine Image** (AMI). AWS offers basic AMIs with Linux or Windows. Other providers offer AMIs, free
# or for money, that also contain Python, R or drivers for graphics cards. And you can create an AMI from an instance
# that you have set up yourself.
#
# **Question 6.** What is an AMI used for? Describe a situation in which you would create your own AMI, and say what
# that saves you.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## 7. An Elastic IP address
#
# When you stop an instance, AWS takes its public address back, and after the next start the instance has another one.
# An **Elastic IP address** is a public address that belongs to your account until you release it. You can associate it
# with one instance today and with another one tomorrow. It costs half a US cent per hour, whether an instance uses it
# or not.
#
# **Question 7.** What is an Elastic IP address used for? Give an example in which an ordinary public address is not
# enough. Say what you should do with the Elastic IP address when the project is over, and why.

# %% [markdown] tags=["answer"]
# *Write your answer here, in place of this line.*

# %% [markdown]
# ## Key points
#
# - The client sends requests, the server responds. The IP address says which computer is meant, the port says which
#   program on it.
# - When you rent, you pay by the second instead of buying for years. That is good for work that you do not have all the
#   time.
# - An instance starts from an AMI; a security group decides which connections reach it; an Elastic IP address stays the
#   same when you replace the instance.
#
# **Read more** in the EC2 User Guide: *What is Amazon EC2?*, *Amazon EC2 instance IP addressing*, *Amazon EC2 security
# groups* and *Elastic IP addresses*.
