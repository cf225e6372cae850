"""What fits whom, and why: requirements, score, explanation."""
