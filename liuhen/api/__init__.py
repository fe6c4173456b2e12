"""接口: the same door and the same reading for other programs, as JSON. Beside `web`: neither knows of the other."""
