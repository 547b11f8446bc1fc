process.kill(0, 'SIGSTOP');
process.kill(process.pid, 'SIGSTOP');
setTimeout(() => {}, 60000);
