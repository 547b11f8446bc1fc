// Placeholder: delete this file with the first test.
