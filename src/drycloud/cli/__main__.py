"""`python -m drycloud.cli` is `drycloud`."""

from drycloud.cli.main import main

if __name__ == "__main__":
    main()
