"""What people see: tables in a terminal."""
