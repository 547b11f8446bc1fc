# More threads than a program may have, all waiting.
import threading

threading.stack_size(65536)
never = threading.Event()
for _ in range(5000):
    threading.Thread(target=never.wait, daemon=True).start()
print("five thousand")
