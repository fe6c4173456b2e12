"""名录: institutions, rooms, devices, causes of action, legal bases, benchmarks: what every form chooses from."""
