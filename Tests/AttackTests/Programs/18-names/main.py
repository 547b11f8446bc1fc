import os

for name in ["n" * 255, "with\nnewline", "-rf", " ", b"\xff\xfe", "*", "$(id)", "..."]:
    os.mkdir(name, 0)
for _ in range(4000):
    os.mkdir("d" * 60)
    os.chdir("d" * 60)
print("4000 deep")
