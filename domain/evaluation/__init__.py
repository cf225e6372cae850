"""How good a ranking is: measured on judged pairs, beside rankings that anybody could make."""
