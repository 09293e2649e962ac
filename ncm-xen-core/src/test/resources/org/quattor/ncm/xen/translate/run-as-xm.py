"""Executes guest files as xm did and prints their variables, for Python 2 and 3.

The names of the files come one a line; each answer is one line of JSON. In
Python 2 a text is octets, and those of a guest file are UTF-8; in Python 3 the
same literal gives one character for each octet.
"""
import json
import sys


def plain(value):
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, int):
        return value
    if sys.version_info[0] > 2:
        value = value.encode("latin-1")
    return value.decode("utf-8")


def main():
    for line in sys.stdin:
        name = line.rstrip("\n")
        with open(name, "rb") as stream:
            text = stream.read()
        space = {}
        exec(compile(text, name, "exec"), space)
        del space["__builtins__"]
        answer = dict((key, plain(value)) for key, value in space.items())
        print(json.dumps(answer))


main()
