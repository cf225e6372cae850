"""What the API takes (`New…`) and what it answers (`…View`)."""
