# Development: what idles costs little, logs go soon.
environment = "dev"
throttle    = { rate = 50, burst = 100 }
