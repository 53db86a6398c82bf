# attack: 29
# does: hands in a link whose lifetime is no number that anybody could reckon with
# run: finished
# earns: 0
# with: work
work()
url = url.replace("Expires=3600", "Expires=" + "9" * 5000).replace("X-Amz-Date=2", "X-Amz-Date=²")
