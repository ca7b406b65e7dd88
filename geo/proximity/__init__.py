"""Which incidents lie near something, near each other, or fit other criteria; and how surely."""
