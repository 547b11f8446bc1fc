asm(".data\n.incbin \"/dev/zero\"\n");
int main() {}
