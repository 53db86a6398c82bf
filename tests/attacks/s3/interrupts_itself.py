# attack: 1
# does: raises KeyboardInterrupt, GeneratorExit and SystemExit at once
# run: finished
# earns: 0
class End(KeyboardInterrupt, GeneratorExit, SystemExit):
    pass


raise End
