"""`incidentmap data`: the reference data, its licences, and whether it is whole."""

import json

import click

__all__ = ["command"]


@click.group(
    "data",
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",
    epilog="""\b
Examples:
  incidentmap data
  incidentmap data --json
  incidentmap data verify
""",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """List the reference data: rows, licence, attribution, vintage, sha256."""
    if context.invoked_subcommand is not None:
        return
    from dataclasses import asdict

    from geo import shipped

    products = [asdict(product) for product in shipped.products().values()]
    if as_json:
        click.echo(json.dumps(products, ensure_ascii=False, indent=2))
        return
    for product in products:
        click.echo(f"{product['name']}  {product['title']}")
        click.echo(f"  {product['rows']:,} rows, {product['bytes'] / 1e6:,.1f} MB")
        for name in ("licence", "attribution", "vintage", "sha256"):
            click.echo(f"  {name:<11} {product[name]}")


@command.command("verify")
def verify() -> None:
    """Compare every file with its checksum; exit 1 and say which is damaged or missing."""
    from geo import shipped

    for name in shipped.products():
        shipped.verify(name)
        click.echo(f"{name}: whole")
