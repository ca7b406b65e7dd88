"""The guards that all tests rely on do guard."""

import socket
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

# An address that is reserved for documentation: nobody answers there.
NOWHERE = ("192.0.2.1", 80)


def test_the_internet_is_closed() -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="tests run offline"):
        client.connect(NOWHERE)


def test_names_are_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="tests run offline"):
        socket.getaddrinfo("example.org", 80)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_a_changed_input_is_noticed(unchanged: Callable[..., Any]) -> None:
    table = pd.DataFrame({"place": ["Homs"]})

    with pytest.raises(AssertionError), unchanged(table):
        table.loc[0, "place"] = "Hama"


def test_an_added_column_is_noticed(unchanged: Callable[..., Any]) -> None:
    table = pd.DataFrame({"place": ["Homs"]})

    with pytest.raises(AssertionError), unchanged(table):
        table["country"] = "Syria"


def test_an_unchanged_input_passes(unchanged: Callable[..., Any]) -> None:
    table = pd.DataFrame({"place": ["Homs"]})

    with unchanged(table):
        table.assign(country="Syria")
