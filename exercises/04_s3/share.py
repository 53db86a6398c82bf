# %% [markdown]
# # Share a file with a presigned URL
#
# A colleague at another institute needs one of your files today. She does not have an AWS account. You could make the
# bucket public "only for a short time", but that is how private data gets into the newspapers. You could send the file
# by email, but it has 3 GB.
#
# S3 has a better way: a **presigned URL**. This is a link to one object that contains your signature and an expiration
# time. Anybody who has the link can download the object with a browser, with `curl`, or with `pandas.read_csv(url)`.
# Nobody else can, and after an hour your colleague cannot either.
#
# The link costs nothing, but you pay for each download through it, about 9 cents per GB. So think twice before you send
# it to a mailing list.

# %% [markdown]
# ## What a presigned URL contains
#
# Every object has an address (a URL), which consists of the bucket and the key. S3 returns the object only if the
# request is signed by somebody who is allowed to read it. Without a signature, the response is `403 Forbidden`.
#
# In a presigned URL, the signature is part of the URL:
#
# ```
# http://…/whale-songs-7f3a/calls/longest.csv?X-Amz-Expires=600&X-Amz-Credential=AKIA…&X-Amz-Signature=5b9c…
# ```
#
# (There are two versions of signatures. In the older one, the parameters are called `Expires`, `AWSAccessKeyId` and
# `Signature`.)
#
# The URL does **not** contain your secret access key. boto3 uses the secret key to compute the signature from the
# bucket, the key, the time and the type of request. If somebody changes a single character of these, the signature is
# no longer valid: nobody can use the link to read another object, or to write instead of read.

# %% [markdown]
# ## How to create a presigned URL
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
# The first argument is the request that the link makes. `ExpiresIn` is the time for which the link is valid, in
# seconds. This link is valid for ten minutes; with the newer version of signatures, the maximum is seven days.
#
# Three things are important:
#
# - **AWS does not check it.** boto3 computes the link on your own machine. If you mistype the key, you still get a
#   link, but it does not work. So try it.
# - **Anybody who has the link can use it**, and can give it to others. Treat it like a password, and choose the
#   shortest time that is enough.
# - **You cannot revoke a single link.** It is valid until it expires, or until you deactivate the access key that
#   signed it.
#
# Why is it not a good idea to create only links that are valid for a week?

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 10 minutes. In each pair, one student creates a link and sends it to the other by chat; the
# other opens it in a browser, then removes the signature, and then changes a letter of the key. (In the exercise each
# student has their own simulated cloud, so do this on one machine, in two tabs.)
#
# Demonstrate: `pandas.read_csv(url)`. Then a link with `ExpiresIn=5`, opened twice.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students use minutes or hours instead of seconds (`ExpiresIn=60`, `ExpiresIn=1`); they choose a
# whole week, to be sure that it is enough; they use the URL without a signature, and then make the bucket public so
# that it works; they use `put_object` as the first argument; they pass bucket and key to the function itself and not in
# `Params`; they write a `/` before the key.
#
# For students who finish early: how could the colleague *send* you a file, without an AWS account?

# %% [markdown]
# The next cell prepares your simulated AWS account: it contains a bucket with results, and you will share one of them.
# You do not have to read the cell, but you can. Everything is a simulation on your own computer, so nothing here can
# cost anything.

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
# You are given two strings, `given.bucket` and `given.key`: the bucket and the key of an object.
#
# **Set `url` to a link with which anybody can download this object for one hour from now**, without an AWS account. Do
# not make anything public: without the signature in the link, nobody else can read the object. To create a link, you do
# not have to change anything in the account, so leave everything as it is.
#
# The link is a string such as
#
# ```
# "http://…/whale-songs-7f3a/calls/longest.csv?…&Signature=…"
# ```
#
# <details><summary>Hint</summary>
#
# Change three values in the example of the lesson. How many seconds does an hour have? Open the link in a browser, or
# with `urllib.request.urlopen(url)`, before you send it to anybody.
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# A link to the object, for one hour:

# %% [markdown]
# Did it work? Run the next cell to find out: it opens your link. When you submit your work, more is checked, for
# example when the link expires. If you changed something by mistake, run the cell that defines `scene` above again: it
# prepares a new account.

# %% tags=["check"]
from drycloud import check


@check(points=4)
def test_the_link_opens(answers, fetch):
    """The variable url contains a link that opens an object."""
    link = answers.url[0] if isinstance(answers.url, list | tuple) and len(answers.url) == 1 else answers.url
    assert isinstance(link, str), f"`url` must be a string that begins with http, but it is {str(link)[:60]!r}."
    status = fetch(link.strip()).status
    assert status, f"The variable url is not a link to this cloud: {link.strip()[:80]!r}."
    assert status != 404, (
        "The object of your link does not exist (404 Not Found). Compare bucket and key with the given ones, character "
        "by character; there must be no slash before the key."
    )
    signed = "Signature=" in link
    assert status == 200, f"Nobody can open your link (status {status}). " + (
        "It is signed: for which type of request, and until when?" if signed else "It has no signature."
    )


# %% [markdown]
# ## Key points
#
# - To share a file, create a presigned URL. Do not make the bucket public.
# - Create a link for one object, only for reading, and only for as long as necessary.
# - AWS does not check the link when you create it, so open it once before you send it.
#
# **Read more** in the S3 User Guide: *Sharing objects with presigned URLs* and *Blocking public access to your Amazon
# S3 storage*; in the boto3 documentation: *Presigned URLs*.
