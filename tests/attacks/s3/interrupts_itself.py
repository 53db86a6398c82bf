# attack: 1
# does: raises KeyboardInterrupt, GeneratorExit and SystemExit at once
# run: raised
# earns: 0
# says: line
class End(KeyboardInterrupt, GeneratorExit, SystemExit):
    pass


raise End
