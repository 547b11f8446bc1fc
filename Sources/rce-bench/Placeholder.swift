// Placeholder: delete this file with the program's first source.
@main struct Placeholder { static func main() {} }
