"""Options that let a command ask an online service, and what it says of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from geo.geocoding.services.asking import Service

__all__ = ["online_options", "online_service"]

_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--online", type=click.Choice(["nominatim"]),
        help="Ask this service for the names that nobody here knows: they leave the machine.",
    ),
    click.option(
        "--user-agent", metavar="TEXT",
        help="Who you are, as services demand it: newsroom/1.0 (maps@example.org).",
    ),
    click.option(
        "--domain", metavar="HOST[:PORT]",
        help="Host of the service; the public one of OpenStreetMap by default.",
    ),
    click.option("--scheme", type=click.Choice(["https", "http"]), help="https by default."),
    click.option(
        "--delay", type=click.FloatRange(min=0, max=3_600), metavar="SECONDS",
        help="Least time from one question to the next; 1 by default.",
    ),
)  # fmt: skip


def online_options(command: _Command) -> _Command:
    """Command with the options of an online service."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def online_service(
    *,
    online: str | None,
    user_agent: str | None,
    domain: str | None,
    scheme: str | None,
    delay: float | None,
) -> Iterator["Service | None"]:
    """The service that the options name, None for none; says on stderr whom it asks, and what came.

    Parameters
    ----------
    online
        Name of the service.
    user_agent
        Who asks.
    domain, scheme
        Its host.
    delay
        Least time from one question to the next, in seconds.
    """
    if online is None:
        if any(said is not None for said in (user_agent, domain, scheme, delay)):
            raise click.UsageError("--user-agent, --domain, --scheme and --delay go with --online.")
        yield None
        return
    if not user_agent:
        raise click.UsageError(
            "--online needs --user-agent, such as “newsroom/1.0 (maps@example.org)”: the service "
            "demands to know who asks."
        )
    from geo.geocoding.services.named import named_service

    service = named_service(
        online,
        user_agent=user_agent,
        domain=domain,
        scheme=scheme or "https",
        min_delay_s=1.0 if delay is None else delay,
    )
    click.echo(
        f"Names that nobody here knows are sent to {service.name}, with province and country, and "
        "nothing else.",
        err=True,
    )
    try:
        yield service
    finally:
        # What has left the machine is told also where the run breaks off.
        click.echo(
            f"{service.name}: {service.asked} asked, {service.kept} answered from the cache, "
            f"{service.failed} failed.",
            err=True,
        )
