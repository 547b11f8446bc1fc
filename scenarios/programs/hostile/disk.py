# One file that grows until something says no.
with open("/tmp/file", "wb", buffering=0) as file:
    while True:
        file.write(bytes(1 << 16))
