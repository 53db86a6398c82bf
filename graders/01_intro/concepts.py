"""How the answers of 01_intro/concepts are marked by hand; teachers see this in formgrader, students never."""

from drycloud import Rubric

rubrics = [
    Rubric(
        "What a server is.",
        [
            (1, "It waits for requests over a network and answers them; program or machine, either sense will do."),
            (0.5, "A difference to a laptop that matters: always on, many users at once, no screen, in a data centre."),
            (0.5, "A fitting example in which it is clear who asks what (database, notebook server, web interface)."),
        ],
        "'A big computer' alone earns nothing of the first point: a laptop can be a server too.",
    ),
    Rubric(
        "What computing cost before the cloud.",
        [
            (0.5, "The whole price had to be paid before the machine did anything."),
            (1, "At least two further costs: room, electricity, cooling, network, spare parts, people, time to wait."),
            (0.5, "Why the size is wrong: bought for a peak or a guess years ahead, so it idles or is overrun."),
        ],
    ),
    Rubric(
        "Advantages of renting, and when to buy.",
        [
            (0.5, "One advantage with its reason: no money in advance, size follows the work, there within minutes, …"),
            (0.5, "A second one with its reason: no upkeep, newest hardware, many places of the world, …"),
            (0.5, "A third one with its reason."),
            (0.5, "A case for buying: busy all the time for years, data that must not leave, no fast network."),
        ],
        "'It is cheaper' without saying when is no reason: a machine that always runs costs more when it is rented.",
    ),
    Rubric(
        "What an IP address is good for.",
        [
            (1, "It tells where data is to go in a network (and where it came from)."),
            (0.5, "Private: only within its own network. Public: from the whole internet."),
            (0.5, "From the laptop it takes the public one."),
        ],
        "An address belongs to a connection of a computer, not to a person; do not take points off for 'each computer "
        "has one'.",
    ),
    Rubric(
        "What a security group is good for.",
        [
            (1, "It decides which ports can be reached from which addresses; what is not allowed stays out."),
            (0.5, "The rule: TCP port 22, from one's own address only (a /32, or words to that effect)."),
            (0.5, "A danger that is real: guessed passwords, faults of services, stolen data, misuse at our expense."),
        ],
    ),
    Rubric(
        "What an AMI is good for.",
        [
            (1, "What an instance starts from: operating system and installed software, as a template for many."),
            (0.5, "A situation of one's own: a set-up that takes long, many equal machines, a known good state."),
            (0.5, "What it saves: time at each start, differences between machines, mistakes made again."),
        ],
        "It is no backup of data: results belong in S3. Say so in a comment, without taking points off.",
    ),
    Rubric(
        "What an Elastic IP is good for.",
        [
            (1, "A public address that stays when an instance is stopped or replaced."),
            (0.5, "An example in which that matters: a bookmark, a DNS entry, a partner's firewall, an application."),
            (0.5, "Release it in the end, because it is paid for as long as it is allocated."),
        ],
    ),
]
