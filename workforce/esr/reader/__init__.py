"""Reads a file of rows. `csv_rows` and `xlsx_rows` each run as a process of its own, with limits."""
