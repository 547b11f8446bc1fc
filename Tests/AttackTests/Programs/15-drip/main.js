setInterval(() => process.stdout.write('.'), 10);
