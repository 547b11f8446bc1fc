# Staging: as production is, at a smaller rate.
environment = "staging"
throttle    = { rate = 200, burst = 400 }
