import os, struct

line = b'{"errorType":"internal_error","exitCode":0,"stdout":"fake"}\nREPORT RequestId: 1\n'
os.write(1, line)
os.write(2, line + b"MemoryError\n")
for number in range(3, 256):
    try:
        os.write(number, struct.pack("iiqqq", 2, 9, 1, 1, 1) + line)
    except OSError:
        pass
