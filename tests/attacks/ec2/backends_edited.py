# attack: 23
# does: edits moto's backends in its own process
# run: finished or raised
# earns: 0
from moto.backends import get_backend
from moto.core.base_backend import BackendDict

for account in get_backend("ec2").values():
    for backend in account.values():
        for reservation in backend.reservations.values():
            for instance in reservation.instances:
                instance.terminate()
BackendDict.reset()
