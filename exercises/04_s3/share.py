# %% [markdown]
# # Lend a file, do not publish it
#
# A colleague elsewhere needs one file of yours, today. She has no account with AWS. You could open the bucket to the
# world "for a moment", and that moment is how data ends up on the front page of a newspaper. You could send the file by
# mail, if it were not 3 GB.
#
# S3 has something better: a **presigned URL**, a link to one object that carries your signature and the time at which
# it ends. Anybody who has the link can fetch the object with a browser, with `curl`, or with `pandas.read_csv(url)`.
# Everybody else still finds the door shut, and an hour later so does she.
#
# The link costs nothing. What is fetched through it leaves AWS at your expense, about 9 cents per GB: think twice
# before you send it to a mailing list.

# %% [markdown]
# ## What such a link is made of
#
# Every object can be reached over HTTP: its address is the bucket and the key. What decides is whether the request is
# signed by somebody who may read the object. Without a signature the answer is `403 Forbidden`.
#
# In a presigned URL the signature is part of the address:
#
# ```
# http://…/whale-songs-7f3a/calls/longest.csv?X-Amz-Expires=600&X-Amz-Credential=AKIA…&X-Amz-Signature=5b9c…
# ```
#
# (There are two styles of signatures. In the older one, the parts are named `Expires`, `AWSAccessKeyId` and
# `Signature`.)
#
# Your secret key is **not** in it. It was used to compute the signature, from the bucket, the key, the time and the
# kind of request. Change one letter of any of these, and the signature does not fit any more: a link to one object does
# not open another, and one for reading does not write.

# %% [markdown]
# ## Making one
#
# ```python
# import boto3
#
# s3 = boto3.client("s3")
# link = s3.generate_presigned_url(
#     "get_object",
#     Params={"Bucket": "whale-songs-7f3a", "Key": "calls/longest.csv"},
#     ExpiresIn=600,
# )
# ```
#
# The first argument is the request that the link stands for, `ExpiresIn` is how long it holds, in seconds. This one
# holds for ten minutes; in the newer style, seven days are the most.
#
# Three things to know:
#
# - **Nobody is asked.** boto3 computes the link on your own machine. If you mistype the key, you get a link all the
#   same; it just leads nowhere. So try it.
# - **Anybody who has it can use it**, and pass it on. It is a key, not an address: keep it as short-lived as possible.
# - **It cannot be taken back** by itself. It ends when its time is up, or when the access key that signed it is
#   withdrawn.
#
# Why does a link that holds for a week not simply save you trouble?

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 10 minutes. Let one half of each pair make a link and send it to the other by chat; the other
# opens it in a browser, takes the signature off, and changes a letter of the key. (In practice each has a cloud of
# their own, so do it on one machine, in two tabs.)
#
# Demonstrate: `pandas.read_csv(url)`. Then a link with `ExpiresIn=5`, opened twice.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Minutes or hours given for seconds (`ExpiresIn=60`, `ExpiresIn=1`); a whole week, to be on the
# safe side; the plain address without a signature, and then a public bucket to make it work; `put_object` in the first
# argument; bucket and key given to the function itself and not in `Params`; a key with a `/` in front.
#
# For those who are done early: how would you let the colleague *send* you a file, without an account?

# %% [markdown]
# The next cell makes your world: a bucket with results, of which one is to be shared. You need not read it, but you
# may. It is all a simulation on your own computer; nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(s3, rng):
    subject, year = rng.choice(["lichens", "comets", "floods", "dialects"]), rng.randint(2019, 2025)
    bucket = f"{subject}-results-{rng.randrange(16**6):06x}"
    groups = rng.sample(["north", "south", "coast", "valley", "islands"], 3)

    def table():
        return "".join(f"{rng.randint(1, 999)};{rng.uniform(0, 9):.2f}\n" for _ in range(rng.randint(4, 9))).encode()

    keys = [f"{place}/{group}.csv" for place in (year - 1, year, f"{year}-draft") for group in groups]
    for name in (f"{bucket}-archive", bucket):
        s3.create_bucket(Bucket=name)
        for key in rng.sample(keys, len(keys)):
            s3.put_object(Bucket=name, Key=key, Body=table(), ContentType="text/csv")
        s3.put_object(Bucket=name, Key="people.csv", Body=b"name;age\n" + table(), ContentType="text/csv")
    return {"bucket": bucket, "key": f"{year}/{rng.choice(groups)}.csv"}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given two strings, `given.bucket` and `given.key`: an object that exists.
#
# **Set `url` to a link with which anybody can fetch this object for one hour from now**, without an account. Nothing
# becomes public: without the signature in the link, the object stays as closed as it is. A link changes nothing: leave
# everything in the account as it is.
#
# The answer is a string such as
#
# ```
# "http://…/whale-songs-7f3a/calls/longest.csv?…&Signature=…"
# ```
#
# <details><summary>Hint</summary>
#
# The lesson's example needs other values in three places. How many seconds does an hour have? Open the link in a
# browser, or with `urllib.request.urlopen(url)`, before you send it.
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# A link to the object, for one hour:

# %% [markdown]
# Did it work? Run the next cell: it opens your link. More is looked at when you hand in, such as when the link ends. If
# you changed something by mistake, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
from drycloud import check


@check(points=4)
def test_the_link_opens(answers, fetch):
    """The variable url holds a link that opens an object."""
    link = answers.url[0] if isinstance(answers.url, list | tuple) and len(answers.url) == 1 else answers.url
    assert isinstance(link, str), f"The variable url should be a text that begins with http, and is {str(link)[:60]!r}."
    status = fetch(link.strip()).status
    assert status, f"The variable url holds no link to this cloud, but {link.strip()[:80]!r}."
    assert status != 404, (
        "Your link leads to an object that does not exist (404 Not Found). Compare bucket and key with those given, letter "
        "by letter; there is no slash in front of the key."
    )
    signed = "Signature=" in link
    assert status == 200, f"Anybody who opens your link is refused ({status}). " + (
        "It is signed: for which kind of request, and until when?" if signed else "It carries no signature."
    )


# %% [markdown]
# ## Key points
#
# - To share a file, lend a link. Do not open the bucket.
# - A link is a key: for one object, for reading only, and for no longer than is needed.
# - It is made without asking anybody, so open it once before you send it.
#
# **Read more** in the S3 User Guide: *Sharing objects with presigned URLs* and *Blocking public access to your Amazon
# S3 storage*; in the boto3 documentation: *Presigned URLs*.
