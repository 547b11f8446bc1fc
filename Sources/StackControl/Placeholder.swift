// Placeholder: delete this file with the module's first source.
