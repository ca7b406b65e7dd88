"""Many reports, one record: merging, and decisions of an editor that last."""
