# Takes memory and touches it until somebody says stop.
blocks = []
while True:
    blocks.append(bytearray(16 << 20))
