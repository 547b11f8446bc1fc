# Production.
environment        = "prod"
throttle           = { rate = 1000, burst = 2000 }
monthly_budget_usd = 200
