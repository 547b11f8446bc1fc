for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU', 'SIGPIPE']) process.on(name, () => {});
process.on('uncaughtException', () => {});
for (;;);
