"""AWS for tests: moto's server with what it lacks of the operations that Terraform's provider needs here.

Each module mends one service and says what was wrong: an operation that is missing, or an answer that differs from
what was asked for, so that a second plan would not be empty.
"""
