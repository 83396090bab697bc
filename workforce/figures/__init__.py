"""What the records say in numbers: on any day for HR, and rounded once a quarter for others."""
