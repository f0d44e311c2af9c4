"""`python -m bot` is the command `quarterlight`."""

from bot.entry import main

if __name__ == "__main__":
    main()
