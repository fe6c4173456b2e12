"""Clock, ids and money: pure, and known to everybody."""
