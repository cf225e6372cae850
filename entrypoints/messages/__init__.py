"""What is said to people, in Russian and English, from codes and data."""
