"""Field types, what records have in common, and how plain values become records. Knows no particular kind."""
