import threading

threading.stack_size(65536)
stop = threading.Event()
for _ in range(5000):
    threading.Thread(target=stop.wait, daemon=True).start()
print("5000 threads")
