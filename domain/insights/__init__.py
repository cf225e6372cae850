"""What people may learn of their own résumé and of their own market."""
