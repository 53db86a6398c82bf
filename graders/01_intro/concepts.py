"""How the answers of 01_intro/concepts are graded by hand; teachers see this in formgrader, students never do."""

from drycloud import Rubric

rubrics = [
    Rubric(
        "What a server is.",
        [
            (1, "It waits for requests over a network and answers them; program or machine: accept both meanings."),
            (0.5, "A relevant difference from a laptop: always on, many users at once, no screen, in a data centre."),
            (0.5, "A suitable example that says who asks for what (database, notebook server, web interface)."),
        ],
        "'A big computer' alone does not earn the first point: a laptop can be a server too.",
    ),
    Rubric(
        "What computing cost before the cloud.",
        [
            (0.5, "They had to pay the whole price before the machine did anything."),
            (1, "At least two further costs: room, electricity, cooling, network, spare parts, people, waiting time."),
            (0.5, "Why the size is wrong: bought for a peak, or by a guess years before, so it is idle or too small."),
        ],
    ),
    Rubric(
        "Advantages of renting, and when to buy.",
        [
            (0.5, "One advantage with its reason: no payment in advance, size follows the work, ready in minutes, …"),
            (0.5, "A second one with its reason: no maintenance, newest hardware, many places in the world, …"),
            (0.5, "A third one with its reason."),
            (0.5, "A case for buying: busy all the time for years, data that must not leave, slow network."),
        ],
        "'It is cheaper' alone is not a reason: a machine that runs all the time costs more when you rent it.",
    ),
    Rubric(
        "What an IP address is used for.",
        [
            (1, "It says where data goes in a network (and where it comes from)."),
            (0.5, "Private: only within its own network. Public: from the whole internet."),
            (0.5, "From the laptop you need the public one."),
        ],
        "An address belongs to a computer's network connection, not to a person; do not take points off for 'each "
        "computer has one'.",
    ),
    Rubric(
        "What a security group is used for.",
        [
            (1, "It decides which ports can be reached from which addresses; it blocks what no rule allows."),
            (0.5, "The rule: TCP port 22, only from your own address (a /32, or the same in words)."),
            (0.5, "A realistic danger: guessed passwords, security bugs, stolen data, misuse at our expense."),
        ],
    ),
    Rubric(
        "What an AMI is used for.",
        [
            (1, "What an instance starts from: operating system and installed software, a template for many."),
            (0.5, "The student's own situation: a setup that takes long, many identical machines, a known good state."),
            (0.5, "What it saves: time at each launch, differences between machines, repeated mistakes."),
        ],
        "An AMI is not a backup of data: results belong in S3. Say so in a comment, but do not take points off.",
    ),
    Rubric(
        "What an Elastic IP address is used for.",
        [
            (1, "A public address that stays the same when an instance is stopped or replaced."),
            (0.5, "An example in which that matters: a bookmark, a DNS entry, a partner's firewall, an application."),
            (0.5, "Release it at the end, because you pay for it as long as it is allocated."),
        ],
    ),
]
