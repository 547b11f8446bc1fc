import sys

text = bytes(range(256)) + b"\xef\xbb\xbf\xed\xa0\x80\xc0\xaf\0\r\n"
text += b"x" * (65534 - len(text))
sys.stdout.buffer.write(text + b"\xf0\x9f\x98\x80\xf0\x9f")
