"""Borders that are not plainly agreed: `border_status.csv`, with a source for each."""

from products import check, own_table

STATUSES = ("international", "disputed", "line_of_control", "indefinite", "lease")


def rules() -> dict[frozenset[str], tuple[str, str]]:
    """Status and source by the names of the two sides: provinces, countries or listed areas."""
    table = own_table("border_status.csv", columns=["left", "right", "status", "source"])
    check(table["status"].isin(STATUSES).all(), "border_status.csv: unknown status")
    check((table["source"] != "").all(), "border_status.csv: a row without source")
    found = {
        frozenset((row.left, row.right)): (row.status, row.source)
        for row in table.itertuples(index=False)
    }
    check(len(found) == len(table), "border_status.csv: a pair comes twice")
    return found
